package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of backups, without a browser. */
@ExtendWith(SharedSite.class)
class BackupPagesTest {
  private final Site site;
  private final Visitor admin;

  BackupPagesTest(Site site) {
    this.site = site;
    this.admin = site.admin();
  }

  /** The name of a new backup. */
  private String create(String reason) {
    List<String> before = site.files();
    admin.post("/admin/backup", Map.of("reason", reason));
    Waiting.until("a backup for " + reason, () -> created(before).size() == 1 && site.idle());
    return created(before).getFirst();
  }

  private List<String> created(List<String> before) {
    return site.files().stream()
        .filter(name -> name.endsWith(".json.zst") && !before.contains(name))
        .toList();
  }

  private static String page(String name) {
    return "/admin/backup/" + name;
  }

  @Test
  void aReasonIsTextWhateverItSays() {
    String name = create("<script>alert('x')</script> & \"more\"");

    for (String page : List.of("/admin/backup", page(name), "/admin/audit")) {
      assertThat(admin.get(page).body())
          .contains("&lt;script&gt;alert(")
          .doesNotContain("<script>alert(");
    }
    assertThat(admin.post("/admin/backup", Map.of("reason", "  ")).body())
        .contains("Say in a sentence why");
    assertThat(admin.post("/admin/backup", Map.of("reason", "x".repeat(10_000))).body())
        .contains("Say in a sentence why");
  }

  @Test
  void showsWhatIsInABackup() {
    String name = create("To be shown");

    Visitor.Answer page = admin.get(page(name));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("To be shown", "Proven", "smsLogs", "SMS success rate", "sales.accountNumber")
        .contains("that look fake or wrong", "Signed", "SHA-256", "Backup created");
  }

  @Test
  void onlyNamesOfBackupsAreNames() throws IOException {
    Files.writeString(site.backups().resolve("notes.txt"), "not a backup");
    for (String name :
        List.of(
            "..",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..%2Fhome%2Fstate%2Fcoffer.mv.db",
            "notes.txt",
            "comprehensive-backup.json%00.txt",
            "comprehensive%5C..%5Cnotes.txt",
            "nothing.json")) {
      for (String path : List.of("", "/download?format=stored", "/download?format=sql")) {
        Visitor.Answer answer = admin.get("/admin/backup/" + name + path);
        assertThat(answer.status()).as(name + path).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("root:", "not a backup");
      }
    }
    Files.delete(site.backups().resolve("notes.txt"));
  }

  @Test
  void handsOutTheFileItsTablesAndParts() throws IOException {
    String name = create("To be taken away");
    Path file = site.backups().resolve("comprehensive").resolve(name);
    String download = page(name) + "/download?format=";

    byte[] stored = admin.get(download + "stored").bytes();
    assertThat(stored).isEqualTo(Files.readAllBytes(file));
    Visitor.Answer part = admin.get(download + "stored", "Range", "bytes=10-19");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(stored, 10, 20));
    assertThat(admin.get(download + "json").json().get("version").stringValue()).startsWith("4.");
    Visitor.Answer csv = admin.get(download + "csv&table=users");
    assertThat(csv.header("Content-Disposition")).contains("-users.csv");
    assertThat(csv.body()).startsWith("id,email,password").contains("[ENCRYPTED]");
    assertThat(admin.get(download + "sql").body()).contains("CREATE TABLE");
    assertThat(admin.get(download + "csv&table=nothing").status()).isEqualTo(404);
    assertThat(admin.get(download + "exe").status()).isEqualTo(400);
    assertThat(admin.get("/admin/audit").body()).contains("Backup downloaded", "csv, table users");
  }

  @Test
  void aKeptBackupIsNotDeletedAndAnotherOnlyWithAReason() {
    String name = create("To be kept");
    admin.post(page(name) + "/keep", Map.of("keep", "true"));
    assertThat(admin.get(page(name)).body()).contains("Kept for ever");
    assertThat(admin.post(page(name) + "/delete", Map.of("reason", "Room")).body())
        .contains("marked to be kept");
    admin.post(page(name) + "/keep", Map.of("keep", "false"));
    assertThat(admin.post(page(name) + "/delete", Map.of("reason", " ")).body())
        .contains("Nothing was deleted");
    assertThat(site.files()).contains(name);

    assertThat(admin.post(page(name) + "/delete", Map.of("reason", "Room")).body())
        .contains("was deleted");
    assertThat(site.files()).doesNotContain(name, name + ".keep");
    assertThat(admin.get(page(name)).status()).isEqualTo(404);
    assertThat(admin.get("/admin/audit").body()).contains("Backup deleted", "Room");
  }

  @Test
  void damageIsFoundAndShown() throws IOException {
    String name = create("To be damaged");
    Path file = site.backups().resolve("comprehensive").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(admin.get(page(name)).body())
        .as("the check and the proof were of the file before")
        .contains("Not checked", "Its proof does not count: the file was changed");

    admin.post(page(name) + "/verify", Map.of());
    Waiting.until("the check's end", site::idle);

    assertThat(admin.get(page(name)).body()).contains("Damaged", "chunk");
    assertThat(admin.get("/admin/backup-list?state=CORRUPTED").body()).contains(name);
    assertThat(admin.get("/admin/backup").body()).contains("cannot be relied on");
    Files.delete(file);
  }

  @Test
  void filtersAndSearches() {
    String name = create("Quarterly KIRPI review");

    assertThat(admin.get("/admin/backup-list?q=kirpi").body()).contains(name);
    assertThat(admin.get("/admin/backup-list?q=kirpi&kind=sales").body())
        .contains("No backup fits")
        .doesNotContain(name);
    assertThat(admin.get("/admin/backup-list?q=" + Visitor.encode("%_'\"<b>")).body())
        .contains("No backup fits")
        .doesNotContain("<b>");
    assertThat(admin.get("/admin/backup?page=99999999").status()).isEqualTo(200);
    assertThat(admin.get("/admin/backup?page=x").status()).isEqualTo(400);
  }

  @Test
  void theAuditTrailIsWholeAndExported() {
    create("To be written down");

    assertThat(admin.get("/admin/audit?check=true").body()).contains("Nothing was changed");
    String export = new String(admin.get("/admin/audit/export").bytes(), StandardCharsets.UTF_8);
    assertThat(export.lines().count()).isPositive();
    assertThat(export).contains("\"BACKUP_CREATED\"", "To be written down", "\"previousHash\"");
  }
}

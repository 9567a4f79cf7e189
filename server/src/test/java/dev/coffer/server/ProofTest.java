package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Green is what was restored on trial, and nothing else. */
class ProofTest {
  private final Site site = Site.ready();
  private final Visitor admin = site.admin();

  @AfterEach
  void stop() {
    site.close();
  }

  private String create(String reason) {
    admin.post("/admin/backup", Map.of("reason", reason));
    Waiting.until("a backup and the end of its proof", () -> names().size() == 1 && site.idle());
    return names().getFirst();
  }

  private List<String> names() {
    return site.files().stream().filter(name -> name.endsWith(".json.zst")).toList();
  }

  private void prove(String name) {
    admin.post("/admin/backup/" + name + "/prove", Map.of());
    Waiting.until("the proof's end", site::idle);
  }

  private Path file(String name) {
    return site.backups().resolve("comprehensive").resolve(name);
  }

  private Path proof(String name) {
    return file(name + ".proof.json");
  }

  private String panel() {
    return admin.get("/admin/backup-protection").body();
  }

  private String state(String name) {
    return admin
        .get("/api/admin/comprehensive-backup")
        .json()
        .get("backups")
        .valueStream()
        .filter(entry -> entry.get("filename").stringValue().equals(name))
        .map(entry -> entry.get("state").stringValue())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyBackupIsProvenByItself() throws IOException {
    assertThat(panel()).contains("coffer-verdict-red", "none yet");

    String name = create("Before the update");

    assertThat(proof(name)).isRegularFile();
    assertThat(panel())
        .contains("coffer-verdict-green", "every record matched", "restored on trial");
    assertThat(admin.get("/admin/backup-list").body()).contains(">Proven<", "bg-green-lt");
    assertThat(admin.get("/admin/backup/" + name).body())
        .contains("Restored on trial", "every one matched", "Backup restored on trial");
    assertThat(admin.get("/admin/audit").body()).contains("Backup restored on trial");
    assertThat(state(name)).isEqualTo("proven");

    site.restart();
    assertThat(site.admin().get("/admin/backup-protection").body())
        .as("after a new start")
        .contains("coffer-verdict-green");
  }

  @Test
  void saysWhatWasNotProvenWithoutTheKey() throws IOException {
    String name = create("With the key");
    assertThat(panel()).doesNotContain("Not proven:");

    Files.move(site.home().resolve("keys/identity.txt"), site.home().resolve("put-away.txt"));
    prove(name);

    assertThat(panel()).contains("coffer-verdict-green", "Not proven:", "Locked values", "users");
    assertThat(admin.get("/admin/backup/" + name).body())
        .contains("The trial could not show", "Locked values");
  }

  @Test
  void aProofThatWasTamperedWithIsNone() throws IOException {
    String name = create("To be tampered with");
    String text = Files.readString(proof(name));
    Files.writeString(proof(name), text.replaceFirst("\"rows\":\\d+", "\"rows\":1"));

    assertThat(panel()).contains("coffer-verdict-yellow").doesNotContain("coffer-verdict-green");
    assertThat(state(name)).isEqualTo("verified");
    assertThat(admin.get("/admin/backup-list").body())
        .contains("Its proof does not count", "changed after it was signed")
        .doesNotContain(">Proven<");

    prove(name);
    assertThat(panel()).contains("coffer-verdict-green");
  }

  @Test
  void aFileThatWasWrittenToAfterItsProofIsNotGreenUntilItIsChecked() throws IOException {
    String name = create("To be copied");
    Files.setLastModifiedTime(file(name), FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(state(name)).isEqualTo("unverified");
    assertThat(panel()).contains("coffer-verdict-yellow");

    admin.post("/admin/backup/" + name + "/verify", Map.of());
    Waiting.until("the check's end", site::idle);
    assertThat(state(name)).as("it is what was proven").isEqualTo("proven");
  }

  @Test
  void aFailedProofIsShownWithItsReason() throws IOException {
    String name = create("To be damaged");
    Files.delete(proof(name));
    byte[] whole = Files.readAllBytes(file(name));
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(file(name), damaged);

    prove(name);

    for (String page : List.of("/admin/backup", "/admin/backup/" + name)) {
      assertThat(admin.get(page).body()).contains("Restoring it on trial failed.", "damaged");
    }
    assertThat(panel())
        .contains("Needs attention", "could not be restored on trial", name)
        .doesNotContain("coffer-verdict-green");
    assertThat(proof(name)).doesNotExist();
    assertThat(admin.get("/admin/audit").body()).contains("Backup restored on trial", "Failed");

    Files.write(file(name), whole);
    prove(name);
    assertThat(panel()).contains("coffer-verdict-green").doesNotContain("on trial failed");
  }

  @Test
  void onlyAdminsAndOperatorsProveAndADeletedBackupLeavesNoProof() {
    String name = create("Who may");
    assertThat(admin.get("/admin/backup/" + name).body()).contains("Prove it");
    Visitor operator = site.user("olga", "OPERATOR");
    assertThat(operator.post("/admin/backup/" + name + "/prove", Map.of()).status()).isEqualTo(200);
    Visitor auditor = site.user("aude", "AUDITOR");
    Visitor.Answer page = auditor.get("/admin/backup/" + name);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("Who may").doesNotContain("Prove it", "/prove\"");
    assertThat(auditor.post("/admin/backup/" + name + "/prove", Map.of()).status()).isEqualTo(403);
    Waiting.until("the proof's end", site::idle);
    assertThat(admin.get("/admin/audit").body()).contains("olga");

    admin.post("/admin/backup/" + name + "/delete", Map.of("reason", "Room"));
    assertThat(site.files()).doesNotContain(name, name + ".proof.json");
  }

  @Test
  void aServerForTrialsThatDoesNotAnswerFailsTheProofAndNotTheBackup() {
    site.restart(Optional.of("postgresql://nobody@127.0.0.1:1/none"));
    Visitor visitor = site.admin();
    visitor.post("/admin/backup", Map.of("reason", "No server for trials"));
    Waiting.until(
        "the proof's end",
        () -> visitor.get("/admin/backup-protection").body().contains("could not be restored"));

    assertThat(visitor.get("/admin/backup-protection").body())
        .contains("coffer-verdict-yellow", "But restoring it on trial failed");
    assertThat(names()).hasSize(1);
  }

  @Test
  void withoutAConfiguredServerItStartsOneOfItsOwn() {
    site.restart(Optional.empty());
    Visitor visitor = site.admin();
    visitor.post("/admin/backup", Map.of("reason", "All by itself"));

    Waiting.until(
        "green", () -> visitor.get("/admin/backup-protection").body().contains("verdict-green"));
    assertThat(proof(names().getFirst())).isRegularFile();
  }
}

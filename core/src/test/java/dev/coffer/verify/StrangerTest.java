package dev.coffer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Proof;
import dev.coffer.archive.ProofFile;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever has docs/FORMAT.md and the tools it names reads a backup and checks every hash: a script
 * in another language, written from that page, agrees; and the page's own commands do what they
 * say.
 */
@ExtendWith(SeededRandom.class)
class StrangerTest {
  private static final SmallBackup BACKUP = SmallBackup.get();
  private static final String FRAMED = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    try (InputStream script = StrangerTest.class.getResourceAsStream("stranger.py")) {
      Files.write(folder.resolve("stranger.py"), Objects.requireNonNull(script).readAllBytes());
    }
    Files.writeString(folder.resolve("identity.txt"), BACKUP.identityFile());
    Files.writeString(folder.resolve("signing.pub"), BACKUP.verifyKeyFile());
    Files.write(folder.resolve("doc.json"), BACKUP.plain());
    Files.write(folder.resolve("taken.json"), BACKUP.asTaken());
    Files.write(folder.resolve(FRAMED), BACKUP.framed());
    Files.write(folder.resolve("FILE.json.zst"), BACKUP.framed());
    Files.write(folder.resolve("FILE.json.zst.age"), BACKUP.encrypted());
  }

  private Shell.Result stranger(String file, String... more) {
    List<String> command =
        new ArrayList<>(List.of("python3", folder.resolve("stranger.py").toString()));
    command.add(folder.resolve(file).toString());
    command.addAll(List.of(more));
    return Shell.run(command, Map.of("PYTHONDONTWRITEBYTECODE", "1"), "");
  }

  @Test
  void theScriptAgreesOnEveryForm() {
    String identity = folder.resolve("identity.txt").toString();
    for (String file : List.of("doc.json", "taken.json", FRAMED, "FILE.json.zst.age")) {
      assertThat(stranger(file, identity).check().out()).contains("\"agrees\": true");
    }
    assertThat(stranger("doc.json").check().out()).contains("\"agrees\": true");
  }

  @Test
  void theScriptDisagreesOnAChangedByte(Random random) throws IOException {
    for (String name : List.of("doc.json", FRAMED)) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      for (int i = 0; i < 12; i++) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(folder.resolve("changed"), changed);
        assertThat(stranger("changed").exit()).isEqualTo(1);
      }
    }
  }

  @Test
  void theScriptFindsWhatVerifyFinds() throws IOException {
    Forgery signature = BACKUP.forgery();
    signature.metadata.put("totalRecords", 1);
    Files.write(folder.resolve("changed"), signature.plain());
    assertThat(stranger("changed").err()).contains("openssl refuses");
    Files.write(folder.resolve("changed"), signature.sign(BACKUP.signingKey()).plain());
    assertThat(stranger("changed").err()).contains("disagrees: totalRecords");
  }

  @Test
  void theCommandsOfThePageWork() throws IOException {
    List<String> blocks = commands();
    assertThat(blocks).hasSize(6);
    proof();
    List<String> said = new ArrayList<>();
    for (String block : blocks) {
      List<String> command =
          List.of("bash", "-euo", "pipefail", "-c", "cd \"$0\"\n" + block, folder.toString());
      said.add(Shell.run(command, Map.of(), "").check().out());
    }
    assertThat(said.getFirst().split("\\}", -1)).hasSize(3);
    assertThat(said.getFirst()).contains("\"users\": 8");
    assertThat(said.get(1).lines().toList()).hasSize(3).first().asString().contains("4929");
    assertThat(said.get(2)).containsIgnoringCase("verified successfully");
    List<String> keys = said.get(3).lines().toList();
    assertThat(keys).hasSize(2);
    assertThat(keys.getFirst()).isEqualTo(keys.getLast());
    List<String> index = said.get(4).lines().toList();
    assertThat(index).hasSize(2);
    assertThat(index.getFirst()).hasSize(64).isEqualTo(index.getLast());
    assertThat(said.get(5)).containsIgnoringCase("verified successfully");
  }

  /** A proof beside the backup, under the name that the page gives it. */
  private void proof() throws IOException {
    Path backup = folder.resolve(FRAMED);
    Instant now = Instant.parse("2026-01-26T02:00:00Z");
    Proof proof =
        new Proof(
            FRAMED,
            Files.size(backup),
            ProofFile.head(backup),
            ProofFile.sha256(backup),
            "",
            now,
            now,
            "PostgreSQL 15.19",
            "test",
            8,
            List.of(new Proof.ProvenTable("users", 8, "0", true)),
            List.of("a \"quoted\" reason"));
    Files.move(
        ProofFile.write(backup, proof, BACKUP.signingKey()), folder.resolve("FILE.proof.json"));
  }

  /** The page's blocks that are commands and not a picture of the text. */
  private static List<String> commands() throws IOException {
    Path page = Path.of("..", "docs", "FORMAT.md");
    List<String> blocks = new ArrayList<>();
    String[] parts = Files.readString(page).split("(?m)^```\\n", -1);
    for (int i = 1; i < parts.length; i += 2) {
      if (!parts[i].startsWith("{")) {
        blocks.add(parts[i]);
      }
    }
    return blocks;
  }
}

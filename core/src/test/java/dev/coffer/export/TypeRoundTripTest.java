package dev.coffer.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value of every type comes back from the document as it went in. */
@ExtendWith(SeededRandom.class)
final class TypeRoundTripTest {
  @TempDir Path folder;

  @Test
  void everyTypeComesBackAndPgDumpSeesNoDifference(Random random) {
    EmbeddedServer server = Servers.debian15();
    try (TestDatabase source = TestDatabase.create(server);
        TestDatabase loaded = TestDatabase.create(server)) {
      comesBack(source, loaded, random);

      assertThat(PgDump.everything(loaded)).isEqualTo(PgDump.everything(source));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 18})
  void everyTypeComesBackOnLaterReleases(int majorVersion, Random random) {
    EmbeddedServer server = Servers.embedded(majorVersion);
    try (TestDatabase source = TestDatabase.create(server);
        TestDatabase loaded = TestDatabase.create(server)) {
      comesBack(source, loaded, random);
    }
  }

  private void comesBack(TestDatabase source, TestDatabase loaded, Random random) {
    TypeZoo.fill(source, random);
    Fixture fixture = new Fixture(folder);
    Path first = fixture.backup(source);
    Psql.run(loaded, fixture.export(first, Format.SQL, List.of())).check();
    Path second = fixture.backup(loaded);

    Map<String, String> hashes = Fixture.hashes(first);
    assertThat(hashes).hasSizeGreaterThan(80);
    assertThat(Fixture.counts(first).values()).allSatisfy(rows -> assertThat(rows).isPositive());
    assertThat(Fixture.hashes(second)).isEqualTo(hashes);
  }
}

package dev.coffer.server;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts odd tables into a site's portal, and takes backups of it without the server. */
final class BrowsedSite {
  /** A table whose name and values are markup and no part of an address. */
  static final String EVIL = "a/b;<i>c</i>";

  private static final String TABLES =
      """
      CREATE TABLE "a/b;<i>c</i>" ("<b>key" text PRIMARY KEY, "what,ever" text, picture bytea,
        tags text[], settings jsonb, parent text REFERENCES "a/b;<i>c</i>");
      INSERT INTO "a/b;<i>c</i>" VALUES
        ('/../x', '<script>alert(1)</script>', '\\x00ff', ARRAY['red', 'light blue'],
          '{"b": [1, 2.50], "a": {"c": null}}', NULL),
        ('["q"]', 'long ' || repeat('word ', 400) || 'end', '', '{}', '{}', '/../x');
      CREATE TABLE pair (left_id int, right_id int, note text, PRIMARY KEY (left_id, right_id));
      INSERT INTO pair VALUES (1, 2, 'first'), (1, 3, 'second');
      CREATE TABLE pairuse (left_id int, right_id int, what text,
        FOREIGN KEY (left_id, right_id) REFERENCES pair);
      INSERT INTO pairuse VALUES (1, 3, 'used'), (1, 3, 'used again');
      CREATE TABLE empty (id int);
      """;

  private BrowsedSite() {}

  static void addTables(Site site) {
    site.portal().execute(TABLES);
  }

  /** The name of a new backup; where there are readers, it is encrypted as a whole to them. */
  static String backup(Site site, Recipient... readers) {
    Path folder = site.home();
    BackupRequest request =
        new BackupRequest(
            ConnectionSettings.resolve(Optional.of(site.portal().url()), Map.of(), folder),
            BackupKind.COMPREHENSIVE,
            "To be looked into",
            "tester",
            site.backups(),
            Compression.ZSTD,
            PortalProfiles.all(),
            KeyHome.at(site.home()),
            List.of(readers),
            2,
            "test");
    return String.valueOf(Backups.take(request, Progress.SILENT).file().getFileName());
  }
}

package dev.coffer.cli.portal;

import dev.coffer.cli.terminal.DatabaseOption;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.error.ExitStatus;
import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import java.util.OptionalLong;

/** Makes the sample portal. */
final class Sample {
  private final Session session;
  private final ConnectionSettings settings;

  Sample(Session session, DatabaseOption database) {
    this.session = session;
    this.settings =
        ConnectionSettings.resolve(database.database(), session.environment(), session.userHome());
  }

  int create(double scale, OptionalLong seed) {
    SamplePortal.Options options =
        new SamplePortal.Options(
            scale,
            seed.orElse(SamplePortal.Options.DEFAULT_SEED),
            SamplePortal.Options.DEFAULT_NOW);
    SamplePortal.Summary summary =
        SamplePortal.create(settings.dataSource("coffer sample"), options);
    session
        .printer()
        .line("Made " + Words.count(summary.totalRows(), "row") + " in " + settings + ".");
    return ExitStatus.DONE;
  }
}

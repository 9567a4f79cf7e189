package dev.coffer.portal.sample;

import dev.coffer.portal.TestServer;
import javax.sql.DataSource;

/** A sample of scale 1 that tests look at and do not change. */
record SharedSample(DataSource database, SamplePortal.Summary summary) {
  static final SharedSample AT_SCALE_ONE = create();

  private static SharedSample create() {
    DataSource database = TestServer.newDatabase();
    return new SharedSample(
        database, SamplePortal.create(database, SamplePortal.Options.ofScale(1)));
  }
}

package dev.coffer.portal.sample;

/**
 * How many rows each table gets. At scale 1 they are {@value #RECORDS_AT_SCALE_ONE} in all. What
 * grows with business grows in proportion; users, templates and settings grow with its logarithm.
 */
record Counts(
    int users,
    int fieldConfigurations,
    int templates,
    int prismaMigrations,
    int batches,
    int sales,
    int appliances,
    int documents,
    int textMessages,
    int leads,
    int leadAppliances,
    int dispositions,
    int links,
    int emails,
    int communications) {

  static final int RECORDS_AT_SCALE_ONE = 15_247;

  static Counts at(double scale) {
    int growth = scale > 1 ? (int) Math.round(Math.log(scale) / Math.log(2)) : 0;
    int sales = times(scale, 1_850, 12);
    int leads = times(scale, 1_100, 8);
    return new Counts(
        scale < 1 ? Math.max(4, (int) Math.round(12 * Math.sqrt(scale))) : 12 + 5 * growth,
        Math.min(Settings.FIELDS.size(), 14 + growth),
        6 + growth,
        9,
        times(scale, 8, 1),
        sales,
        Math.max(sales, times(scale, 7_030, 1)),
        times(scale, 156, 1),
        times(scale, 432, 2),
        leads,
        times(scale, 1_300, 1),
        Math.max(leads, times(scale, 2_361, 1)),
        times(scale, 262, 1),
        times(scale, 89, 1),
        times(scale, 618, 8));
  }

  private static int times(double scale, int base, int least) {
    return Math.toIntExact(Math.max(least, Math.round(base * scale)));
  }
}

package dev.coffer.portal.sample;

/** The independent sequences of random numbers that a sample draws from one seed. */
enum Stream {
  POPULATION(1),
  USER(2),
  FIELD_CONFIGURATION(3),
  TEMPLATE(4),
  SALE(5),
  SALE_CUSTOMER(6),
  SALE_TIME(7),
  APPLIANCE(8),
  DOCUMENT(9),
  TEXT_MESSAGE(10),
  BATCH(11),
  LEAD(12),
  LEAD_CUSTOMER(13),
  LEAD_TIME(14),
  LEAD_APPLIANCE(15),
  DISPOSITION(16),
  LINK(17),
  EMAIL(18),
  COMMUNICATION(19),
  PRISMA(20);

  private final int number;

  Stream(int number) {
    this.number = number;
  }

  /** What tells this stream from the others; changing it changes the sample. */
  int number() {
    return number;
  }
}

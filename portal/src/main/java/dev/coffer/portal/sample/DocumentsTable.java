package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.time.LocalDate;

/** {@code generated_documents}: letters made for a sale, with who fetched them how often. */
record DocumentsTable(Population population) implements SampleTable {
  @Override
  public String name() {
    return "generated_documents";
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    long index = 0;
    for (int sale = 0; sale < population.counts.sales(); sale++) {
      for (int number = 0; number < population.documentCount(sale); number++) {
        write(population.sale(sale), number, index++, rows);
      }
    }
  }

  private void write(Sale sale, int number, long index, CopyText rows) throws SQLException {
    Dice dice = new Dice(~population.seed, Stream.DOCUMENT, index);
    long generatedAt = population.documentTime(sale.index(), number);
    int template = dice.below(population.counts.templates());
    String type = Settings.TEMPLATE_TYPES.get(template % Settings.TEMPLATE_TYPES.size());
    String last = sale.customer().lastName().replace(' ', '_');
    String filename =
        type + "-" + last + "-" + sale.id().substring(17) + "-" + (number + 1) + ".pdf";
    LocalDate date = LocalDate.ofEpochDay(generatedAt / Calendar.DAY);
    int downloads = dice.weighted(25, 40, 20, 10, 5);
    rows.text(Cuid.of(population.seed, Stream.DOCUMENT, index, generatedAt))
        .text(sale.id())
        .text(TemplatesTable.id(population, template))
        .text(filename)
        .text("/storage/documents/" + date.getYear() + "/" + date.getMonthValue() + "/" + filename)
        .number(28_000 + dice.below(190_000))
        .text("application/pdf")
        .time(generatedAt)
        .number(downloads)
        .time(downloads == 0 ? -1 : population.calendar.after(generatedAt, dice, 90 * Calendar.DAY))
        .flag(dice.chance(0.02))
        .text(
            dice.chance(0.1)
                ? null
                : "{\"pages\": "
                    + (1 + dice.below(4))
                    + ", \"renderer\": \"chromium\", \"customer\": \""
                    + sale.customer().fullName()
                    + "\", \"total\": "
                    + Wording.pounds(sale.cost())
                    + ", \"options\": {\"letterhead\": "
                    + dice.chance(0.8)
                    + ", \"language\": \"en-GB\"}}")
        .endRow();
  }
}

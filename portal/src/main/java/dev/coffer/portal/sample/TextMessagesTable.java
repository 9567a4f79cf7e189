package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sms_logs}: 407 of every 432 messages were sent, which is 94.2 %. */
final class TextMessagesTable implements SampleTable {
  private static final List<String> UNSENT = List.of("FAILED", "SKIPPED", "NOT_SENT", "SENDING");
  private static final List<String> ERRORS =
      List.of(
          "21610: recipient has opted out",
          "30003: unreachable destination handset",
          "30006: landline or unreachable carrier",
          "HTTP 502 \"Bad Gateway\"");

  private final Population population;
  private final Spoiler spoiler;
  private final BitSet unsent;

  TextMessagesTable(Population population, List<Blemish> blemishes) {
    this.population = population;
    int messages = population.counts.textMessages();
    this.spoiler = new Spoiler(blemishes, name(), messages, row -> false);
    int unsentCount = messages - (int) Math.round(messages * (407 / 432.0));
    this.unsent =
        Spread.choose(unsentCount, messages, new Dice(population.seed, Stream.TEXT_MESSAGE, -1));
  }

  @Override
  public String name() {
    return "sms_logs";
  }

  @Override
  public List<PlantedFlaws.PlantedFlaw> planted() {
    return spoiler.planted();
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    int index = 0;
    for (int sale = 0; sale < population.counts.sales(); sale++) {
      for (int number = 0; number < population.textMessageCount(sale); number++) {
        write(population.sale(sale), number, index++, rows);
      }
    }
  }

  private void write(Sale sale, int number, int index, CopyText rows) throws SQLException {
    Dice dice = new Dice(population.seed, Stream.TEXT_MESSAGE, index);
    long within = number == 0 ? Calendar.DAY : 300 * Calendar.DAY;
    long createdAt = population.calendar.openAfter(sale.createdAt(), dice, within);
    String id = Cuid.of(population.seed, Stream.TEXT_MESSAGE, index, createdAt);
    @Nullable Blemish blemish = spoiler.spoil(index, id);
    String status = unsent.get(index) ? UNSENT.get(dice.weighted(6, 2, 1, 1)) : "SENT";
    boolean sent = status.equals("SENT");
    long triedAt = population.calendar.after(createdAt, dice, 4_000);
    String phrase = number == 0 ? Phrases.TEXT_MESSAGES.get(0) : dice.pick(Phrases.TEXT_MESSAGES);
    rows.text(id)
        .text(sale.id())
        .text(Blemish.or(blemish, "phoneNumber", sale.customer().phone()))
        .text(status.equals("SKIPPED") ? null : sale.customer().phoneDigits())
        .text(Blemish.or(blemish, "messageContent", sale.wording().fill(phrase)))
        .text(status)
        .time(sent ? triedAt : -1)
        .text(sent ? "SM" + dice.characters(32, "0123456789abcdef") : null)
        .text(status.equals("FAILED") ? dice.pick(ERRORS) : null)
        .text("sms-" + sale.id() + "-" + (number + 1))
        .time(createdAt)
        .time(triedAt)
        .endRow();
  }
}

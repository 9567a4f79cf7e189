package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code EmailLog}: 81 of every 89 e-mails arrived, which is 91.0 %. */
final class EmailsTable implements SampleTable {
  private static final List<String> ARRIVED = List.of("SENT", "OPENED", "CLICKED");
  private static final List<String> NOT_ARRIVED =
      List.of("BOUNCED", "FAILED", "NOT_SENT", "SENDING");

  private final Population population;
  private final Spoiler spoiler;
  private final BitSet lost;

  EmailsTable(Population population, List<Blemish> blemishes) {
    this.population = population;
    int emails = population.counts.emails();
    this.spoiler = new Spoiler(blemishes, name(), emails, row -> false);
    int lostCount = emails - (int) Math.round(emails * (81 / 89.0));
    this.lost = Spread.choose(lostCount, emails, new Dice(population.seed, Stream.EMAIL, -1));
  }

  @Override
  public String name() {
    return "EmailLog";
  }

  @Override
  public List<PlantedFlaws.PlantedFlaw> planted() {
    return spoiler.planted();
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    for (int index = 0; index < population.counts.emails(); index++) {
      write(index, rows);
    }
  }

  private void write(int index, CopyText rows) throws SQLException {
    Dice dice = new Dice(population.seed, Stream.EMAIL, index);
    Calendar calendar = population.calendar;
    double share = (index + dice.fraction()) / population.counts.emails();
    Correspondent to = Correspondent.by(share, 0.8, population, dice);
    long createdAt = Math.max(calendar.at(share), to.knownSince());
    String id = Cuid.of(population.seed, Stream.EMAIL, index, createdAt);
    @Nullable Blemish blemish = spoiler.spoil(index, id);
    String status =
        lost.get(index)
            ? NOT_ARRIVED.get(dice.weighted(5, 3, 1, 1))
            : ARRIVED.get(dice.weighted(4, 4, 2));
    boolean opened = status.equals("OPENED") || status.equals("CLICKED");
    boolean clicked = status.equals("CLICKED");
    boolean sent = opened || status.equals("SENT") || status.equals("BOUNCED");
    long sentAt = sent ? calendar.after(createdAt, dice, 9_000) : -1;
    long openedAt = opened ? calendar.after(sentAt, dice, 3 * Calendar.DAY) : -1;
    long clickedAt = clicked ? calendar.after(openedAt, dice, 5 * Calendar.MINUTE) : -1;
    int kind = dice.below(Phrases.EMAIL_SUBJECTS.size());
    boolean template = dice.chance(0.85);
    rows.text(id)
        .text(to.saleId())
        .text(to.leadId())
        .text(Blemish.or(blemish, "recipientEmail", to.customer().email()))
        .text(dice.chance(0.9) ? to.customer().fullName() : null)
        .text(dice.chance(0.7) ? "noreply@salesportal.example" : "service@salesportal.example")
        .text(to.wording().fill(Phrases.EMAIL_SUBJECTS.get(kind)))
        .text(to.wording().fill(Phrases.EMAIL_BODIES.get(kind % Phrases.EMAIL_BODIES.size())))
        .text(status)
        .time(sentAt)
        .time(openedAt)
        .number(opened ? 1 + dice.below(4) : 0)
        .time(clickedAt)
        .number(clicked ? 1 + dice.below(2) : 0)
        .text(sent ? "<" + id + "@mail.salesportal.example>" : null)
        .text(error(status))
        .text("email-" + id)
        .flag(template)
        .text(template ? Settings.TEMPLATE_TYPES.get(kind) : null)
        .text("{\"campaign\": " + (template ? "\"lifecycle\"" : "null") + ", \"attempt\": 1}")
        .time(createdAt)
        .time(Math.max(Math.max(createdAt, sentAt), Math.max(openedAt, clickedAt)))
        .endRow();
  }

  private static @Nullable String error(String status) {
    return switch (status) {
      case "BOUNCED" -> "550 5.1.1 user unknown";
      case "FAILED" -> "421 4.7.0 try again later\r\nconnection closed";
      default -> null;
    };
  }
}

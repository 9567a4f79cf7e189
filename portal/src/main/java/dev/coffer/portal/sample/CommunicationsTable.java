package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CommunicationLog}: calls, letters, meetings, and the answers of customers. */
final class CommunicationsTable implements SampleTable {
  private static final List<String> TYPES = List.of("call", "email", "sms", "letter", "meeting");
  private static final List<String> STATUSES =
      List.of("completed", "scheduled", "failed", "cancelled");

  private final Population population;
  private final Spoiler spoiler;

  CommunicationsTable(Population population, List<Blemish> blemishes) {
    this.population = population;
    this.spoiler = new Spoiler(blemishes, name(), population.counts.communications(), row -> false);
  }

  @Override
  public String name() {
    return "CommunicationLog";
  }

  @Override
  public List<PlantedFlaws.PlantedFlaw> planted() {
    return spoiler.planted();
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    for (int index = 0; index < population.counts.communications(); index++) {
      write(index, rows);
    }
  }

  private void write(int index, CopyText rows) throws SQLException {
    Dice dice = new Dice(population.seed, Stream.COMMUNICATION, index);
    Calendar calendar = population.calendar;
    double share = (index + dice.fraction()) / population.counts.communications();
    Correspondent with = Correspondent.by(share, 0.7, population, dice);
    long createdAt = Math.max(calendar.at(share), with.knownSince());
    String id = Cuid.of(population.seed, Stream.COMMUNICATION, index, createdAt);
    @Nullable Blemish blemish = spoiler.spoil(index, id);
    String type = TYPES.get(dice.weighted(60, 14, 10, 12, 4));
    boolean message = type.equals("email") || type.equals("sms");
    boolean inbound = message || (type.equals("call") && dice.chance(0.3));
    String status = inbound ? "completed" : STATUSES.get(dice.weighted(85, 4, 6, 5));
    boolean planned = !status.equals("completed") || type.equals("meeting");
    long scheduledAt = planned ? createdAt + (1 + dice.below(14)) * Calendar.DAY : -1;
    long completedAt =
        status.equals("completed")
            ? calendar.after(Math.max(createdAt, scheduledAt), dice, Calendar.HOUR)
            : -1;
    String theirs = address(type, with.customer());
    String ours =
        switch (type) {
          case "email" -> "service@salesportal.example";
          case "letter", "meeting" -> "Harbour Home Cover";
          default -> "01632 960123";
        };
    rows.text(id)
        .text(with.saleId())
        .text(with.leadId())
        .text(type)
        .text(inbound ? "inbound" : "outbound")
        .text(type.equals("email") ? "Re: " + with.wording().fill("Your plan {plan}") : null)
        .text(dice.chance(0.9) ? with.wording().several(phrases(type), dice) : null)
        .text(inbound ? ours : theirs)
        .text(inbound ? theirs : ours)
        .text(status)
        .time(scheduledAt)
        .time(completedAt)
        .text(Blemish.or(blemish, "agentId", population.userId(with.agent())))
        .text(
            type.equals("call")
                ? "{\"durationSeconds\": " + dice.below(1_800) + ", \"recorded\": true}"
                : "{}")
        .time(createdAt)
        .time(Math.max(createdAt, completedAt))
        .endRow();
  }

  private static List<String> phrases(String type) {
    return switch (type) {
      case "email", "sms" -> Phrases.ANSWERS;
      case "letter" -> Phrases.LETTERS;
      case "meeting" -> Phrases.MEETINGS;
      default -> Phrases.CALLS;
    };
  }

  private static @Nullable String address(String type, Customer customer) {
    return switch (type) {
      case "email" -> customer.email();
      case "letter", "meeting" -> customer.postcode();
      default -> customer.phone();
    };
  }
}

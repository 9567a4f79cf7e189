package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code LeadDispositionHistory}: each contact with a lead; the last gives the lead its status. */
final class DispositionsTable implements SampleTable {
  private final Population population;
  private final Spoiler spoiler;

  DispositionsTable(Population population, List<Blemish> blemishes) {
    this.population = population;
    this.spoiler = new Spoiler(blemishes, name(), population.counts.dispositions(), row -> false);
  }

  @Override
  public String name() {
    return "LeadDispositionHistory";
  }

  @Override
  public List<PlantedFlaws.PlantedFlaw> planted() {
    return spoiler.planted();
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    int index = 0;
    for (int i = 0; i < population.counts.leads(); i++) {
      Lead lead = population.lead(i);
      for (int number = 0; number < lead.dispositions(); number++) {
        write(lead, number, index++, rows);
      }
    }
  }

  private void write(Lead lead, int number, int index, CopyText rows) throws SQLException {
    Dice dice = new Dice(population.seed, Stream.DISPOSITION, index);
    boolean last = number == lead.dispositions() - 1;
    long time = lead.contact(number);
    String id = Cuid.of(population.seed, Stream.DISPOSITION, index, time);
    @Nullable Blemish blemish = spoiler.spoil(index, id);
    Customer customer = lead.customer();
    Wording wording =
        Wording.about(customer.firstName(), lead.cost(), time + 3 * Calendar.DAY, lead.index());
    String notes = dice.chance(0.6) ? wording.several(Phrases.DISPOSITION_NOTES, dice) : null;
    String interim = dice.chance(0.7) ? "CALLED_NO_ANSWER" : "CALLBACK";
    rows.text(id)
        .text(lead.id())
        .text(population.userId(lead.agent()))
        .text(last ? lead.status() : interim)
        .text(Blemish.or(blemish, "notes", notes))
        .time(time)
        .text(
            dice.chance(0.5)
                ? "{\"durationSeconds\": " + dice.below(900) + ", \"dialler\": \"manual\"}"
                : null)
        .endRow();
  }
}

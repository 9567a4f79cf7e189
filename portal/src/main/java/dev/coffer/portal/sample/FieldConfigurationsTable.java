package dev.coffer.portal.sample;

import java.sql.SQLException;

/** {@code field_configurations}: which fields of the sales form must be filled in. */
record FieldConfigurationsTable(Population population) implements SampleTable {
  @Override
  public String name() {
    return "field_configurations";
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    for (int field = 0; field < population.counts.fieldConfigurations(); field++) {
      Dice dice = new Dice(population.seed, Stream.FIELD_CONFIGURATION, field);
      long createdAt = population.calendar.begin() + 9 * Calendar.HOUR + field * 37L;
      rows.text(Cuid.of(population.seed, Stream.FIELD_CONFIGURATION, field, createdAt))
          .text(Settings.FIELDS.get(field))
          .flag(dice.chance(0.6))
          .time(createdAt)
          .time(population.calendar.after(createdAt, dice, 900 * Calendar.DAY))
          .endRow();
    }
  }
}

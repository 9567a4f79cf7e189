package dev.coffer.portal.sample;

import java.sql.SQLException;

/** {@code users}: a few who administer, the others sell. */
record UsersTable(Population population) implements SampleTable {
  private static final String BCRYPT =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  @Override
  public String name() {
    return "users";
  }

  @Override
  public void write(CopyText rows) throws SQLException {
    for (int user = 0; user < population.counts.users(); user++) {
      Customer person = population.user(user);
      Dice dice = new Dice(population.seed, Stream.USER, user);
      String local = Names.forMail(person.firstName()) + "." + Names.forMail(person.lastName());
      long createdAt = population.userTime(user);
      rows.text(population.userId(user))
          .text(local + (user + 1) + "@salesportal.example")
          .text("$2b$12$" + dice.characters(53, BCRYPT))
          .text(population.administers(user) ? "ADMIN" : "AGENT")
          .time(createdAt)
          .time(population.calendar.after(createdAt, dice, Calendar.DAYS * Calendar.DAY))
          .endRow();
    }
  }
}

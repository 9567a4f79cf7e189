package dev.coffer.postgres;

import java.util.List;

/**
 * What a role may not do that a piece of work needs.
 *
 * @param role as SQL writes it
 * @param problems each names an object and what is missing there: {@code table "public"."sales": no
 *     SELECT}
 * @param remedies the SQL statements, for a superuser, that mend all of them
 */
public record MissingPrivileges(String role, List<String> problems, List<String> remedies) {
  public MissingPrivileges {
    problems = List.copyOf(problems);
    remedies = List.copyOf(remedies);
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }
}

package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.Set;

/**
 * Where an application keeps the people who sign in to it.
 *
 * @param name the column by which a person is known, such as the e-mail address
 * @param password the column of bcrypt hashes
 * @param role the column that says what somebody is
 * @param admins the values of {@code role} that make an admin
 */
public record AccountTable(
    QualifiedName table, String name, String password, String role, Set<String> admins) {
  public AccountTable {
    admins = Set.copyOf(admins);
  }
}

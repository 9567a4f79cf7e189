package dev.coffer.server.access;

import java.util.EnumSet;
import java.util.Set;

/** What a token is good for, at most: never for more than the account that made it. */
public enum Scope {
  READ("List backups"),
  CREATE("List and create backups");

  private final String words;

  Scope(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  public Set<Permission> permissions() {
    return switch (this) {
      case READ -> EnumSet.of(Permission.VIEW);
      case CREATE -> EnumSet.of(Permission.VIEW, Permission.OPERATE);
    };
  }
}

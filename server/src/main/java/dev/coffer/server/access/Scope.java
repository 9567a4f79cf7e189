package dev.coffer.server.access;

import java.util.EnumSet;
import java.util.Set;

/** What a token is good for, at most: never for more than the account that made it. */
public enum Scope {
  READ("List backups"),
  CREATE("List, create and check backups"),
  EXPORT("List backups, look inside, compare and download"),
  RESTORE("List, look inside, compare and restore"),
  EVERYTHING("Everything that you may do");

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
      case EXPORT -> EnumSet.of(Permission.VIEW, Permission.BROWSE, Permission.DOWNLOAD);
      case RESTORE -> EnumSet.of(Permission.VIEW, Permission.BROWSE, Permission.RESTORE);
      case EVERYTHING -> EnumSet.allOf(Permission.class);
    };
  }
}

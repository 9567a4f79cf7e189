package dev.coffer.server.access;

import java.util.EnumSet;
import java.util.Set;

/** What an account is for. */
public enum Role {
  ADMIN("Admin", "everything"),
  OPERATOR(
      "Operator",
      "create, check and prove backups; no look inside, no download, no restore, no deletion"),
  AUDITOR("Auditor", "look, change nothing");

  private final String words;
  private final String meaning;

  Role(String words, String meaning) {
    this.words = words;
    this.meaning = meaning;
  }

  public String words() {
    return words;
  }

  public String meaning() {
    return meaning;
  }

  public Set<Permission> permissions() {
    return switch (this) {
      case ADMIN -> EnumSet.allOf(Permission.class);
      case OPERATOR -> EnumSet.of(Permission.VIEW, Permission.OPERATE);
      case AUDITOR -> EnumSet.of(Permission.VIEW, Permission.BROWSE, Permission.AUDIT);
    };
  }
}

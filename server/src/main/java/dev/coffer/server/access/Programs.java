package dev.coffer.server.access;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.web.Refused;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets programs in by tokens, and shuts them out. What is refused says in its hint what to do. */
@Component
class Programs {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DAYS = 366;

  private final Tokens tokens;
  private final AuditTrail audit;

  Programs(Tokens tokens, AuditTrail audit) {
    this.tokens = tokens;
    this.audit = audit;
  }

  /**
   * Makes a token. One that is made by a token lasts no longer than that: whoever has it for a day
   * has it for no more than a day.
   *
   * @param name says which program it is for
   * @throws Refused for a name or a time that it cannot have
   */
  Tokens.Made create(String name, Scope scope, int days, Caller caller) {
    String called = name.strip();
    boolean printable =
        called.codePoints().noneMatch(point -> Character.getType(point) == Character.CONTROL);
    if (called.isEmpty() || called.length() > LONGEST_NAME || !printable) {
      throw Refused.invalid(
          "the name cannot be one of a token", "Say in a few words which program it is for.");
    }
    if (days < 1 || days > LONGEST_DAYS) {
      throw Refused.invalid(
          "a token cannot last so long", "A token lasts from 1 to " + LONGEST_DAYS + " days.");
    }
    Tokens.Made made =
        tokens.create(caller.accountId(), called, scope, Duration.ofDays(days), caller.until());
    audit.done(caller.actor(), Action.TOKEN_CREATED, called, scope.words());
    return made;
  }

  /** Revokes a token; gives its name, where there is one of that id. */
  Optional<String> revoke(String id, Actor actor) {
    Optional<String> revoked = tokens.revoke(id);
    revoked.ifPresent(name -> audit.done(actor, Action.TOKEN_REVOKED, name, ""));
    return revoked;
  }
}

package dev.coffer.server.access;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Compares passwords with bcrypt, in a time that does not tell whether there was anything to
 * compare with: each check costs as much as one of this server's own passwords, however cheap the
 * stored one is. One that was made at a higher cost takes longer.
 */
@Component
class PasswordCheck {
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  /** Each step doubles the time; at 14 it is about a second. */
  private static final int DEAREST = 14;

  private final PasswordEncoder encoder;
  private final CompletableFuture<String> nobodysPassword;

  PasswordCheck(PasswordEncoder encoder) {
    this.encoder = encoder;
    // It takes a while, by design, and the first page is not to wait for it.
    nobodysPassword =
        CompletableFuture.supplyAsync(
            () -> Objects.requireNonNull(encoder.encode(Passwords.random())));
  }

  /** Whether {@code password} is the one that {@code stored} was made of. */
  boolean matches(String password, Optional<String> stored) {
    String nobodys = nobodysPassword.join();
    Optional<String> usable = stored.filter(hash -> cost(hash) > 0 && cost(hash) <= DEAREST);
    if (usable.isEmpty()) {
      boolean _ = encoder.matches(password, nobodys);
      return false;
    }
    boolean matches = encoder.matches(password, usable.get());
    // 2^c + 2^c + 2^(c+1) + … + 2^(n-1) = 2^n
    for (int cost = cost(usable.get()); cost < cost(nobodys); cost++) {
      boolean _ = encoder.matches(password, at(cost, nobodys));
    }
    return matches;
  }

  private static int cost(String hash) {
    Matcher bcrypt = BCRYPT.matcher(hash);
    return bcrypt.matches() ? Integer.parseInt(bcrypt.group(1)) : 0;
  }

  private static String at(int cost, String hash) {
    return hash.substring(0, 4) + (cost < 10 ? "0" : "") + cost + hash.substring(6);
  }
}

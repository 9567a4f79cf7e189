package dev.coffer.server.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down: after some failures for an account or from an address, each further one
 * doubles the wait, up to a quarter of an hour. Known to this process alone, and forgotten with it.
 */
@Component
class SignInThrottle {
  private static final int FREE_FOR_ACCOUNT = 5;
  private static final int FREE_FOR_ADDRESS = 20;
  private static final int MOST_KEYS = 20_000;
  private static final int LONGEST_NAME = 100;
  private static final int NETWORK_BYTES = 8;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration FORGET = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

  SignInThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What went before.
   *
   * @param told whether the wait was written down
   */
  private record Failures(int count, Instant last, Instant notBefore, boolean told) {}

  /**
   * Counts an attempt before it is made, so that many at once are counted too.
   *
   * @return how long to wait, where the attempt may not be made
   */
  synchronized Optional<Duration> begin(String account, String address) {
    Instant now = clock.instant();
    Optional<Duration> wait =
        wait(accountKey(account), now).or(() -> wait(addressKey(address), now));
    if (wait.isEmpty()) {
      count(accountKey(account), FREE_FOR_ACCOUNT, now);
      count(addressKey(address), FREE_FOR_ADDRESS, now);
    }
    return wait;
  }

  /**
   * Whether nobody has asked this since the wait began: a wait is written down once, or whoever
   * goes on trying would fill the trail.
   */
  synchronized boolean tellsFirst(String account, String address) {
    Instant now = clock.instant();
    String key = accountKey(account);
    if (wait(key, now).isEmpty()) {
      key = addressKey(address);
    }
    Failures before = failures.get(key);
    if (before == null || before.told()) {
      return false;
    }
    failures.put(key, new Failures(before.count(), before.last(), before.notBefore(), true));
    return true;
  }

  /**
   * The attempt was no failure. Failures from the address stay counted: whoever has an account of
   * their own could otherwise guess at others' for ever.
   */
  synchronized void succeeded(String account, String address) {
    failures.remove(accountKey(account));
    failures.computeIfPresent(
        addressKey(address),
        (key, before) ->
            new Failures(Math.max(0, before.count() - 1), before.last(), Instant.EPOCH, false));
  }

  private Optional<Duration> wait(String key, Instant now) {
    Failures before = failures.get(key);
    return before != null && now.isBefore(before.notBefore())
        ? Optional.of(Duration.between(now, before.notBefore()))
        : Optional.empty();
  }

  private void count(String key, int free, Instant now) {
    Failures before = failures.get(key);
    boolean fresh = before == null || before.last().plus(FORGET).isBefore(now);
    int count = fresh ? 1 : Objects.requireNonNull(before).count() + 1;
    failures.put(key, new Failures(count, now, now.plus(waitAfter(count - free)), false));
    if (failures.size() > MOST_KEYS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  private static Duration waitAfter(int beyond) {
    if (beyond < 0) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(beyond, 10));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static String accountKey(String account) {
    String name = Accounts.normal(account);
    return "account " + name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** Whoever has one address of IPv6 has the other 2^64 of its network, too. */
  private static String addressKey(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? "network " + HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
          : "address " + address;
    } catch (IllegalArgumentException noAddress) {
      return "address " + address;
    }
  }
}

package dev.coffer.server.idempotency;

import dev.coffer.server.ServerSettings;
import dev.coffer.server.state.Times;
import jakarta.annotation.PreDestroy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The requests that came with a key, as the state keeps them for a day. A primary key makes sure
 * that one of those that come at once is the first, also with several servers.
 */
@Component
class IdempotentRequests {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotentRequests.class);
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(60);
  private static final int MOST_WAITING = 16;
  private static final long POLL_MILLIS = 100;

  private final JdbcClient state;
  private final InstantSource clock;

  /** Each who waits holds one of the server's threads, which all others need too. */
  private final Semaphore places = new Semaphore(MOST_WAITING);

  private final Set<String> here = ConcurrentHashMap.newKeySet();
  private Optional<ScheduledExecutorService> pulse = Optional.empty();

  IdempotentRequests(JdbcClient state, InstantSource clock, ServerSettings settings) {
    this.state = state;
    this.clock = clock;
    if (settings.state().isEmpty()) {
      // A file has one server at a time: who was to answer these was killed.
      state
          .sql("UPDATE idempotent_request SET seen_at = ? WHERE status IS NULL")
          .param(Times.parameter(Instant.EPOCH))
          .update();
    }
  }

  /** What is known of a request with a key. */
  sealed interface Known {
    /** Nothing: it is to be answered now, and {@link #answered} or {@link #released} after it. */
    record First() implements Known {}

    /** It is being answered. */
    record Underway() implements Known {}

    /** The server that was to answer it stopped. It may have done what was asked, or not. */
    record Unknown() implements Known {}

    /** The key was used for another request. */
    record Another() implements Known {}

    /** It was answered. */
    record Answered(int status, Optional<String> location, String sealed) implements Known {}
  }

  private record Stored(
      String request,
      Instant seenAt,
      @Nullable Integer status,
      @Nullable String location,
      @Nullable String answer) {}

  /** Takes a request on, where it is the first with its key. */
  Known begin(String id, String request) {
    Instant now = clock.instant();
    state
        .sql("DELETE FROM idempotent_request WHERE created_at < ?")
        .param(Times.parameter(now.minus(KEPT)))
        .update();
    try {
      state
          .sql(
              """
              INSERT INTO idempotent_request (id, request_sha256, created_at, seen_at)
              VALUES (?, ?, ?, ?)\
              """)
          .params(id, request, Times.parameter(now), Times.parameter(now))
          .update();
    } catch (DuplicateKeyException known) {
      return find(id).map(stored -> known(stored, request, now)).orElse(new Known.Underway());
    }
    here.add(id);
    beat();
    return new Known.First();
  }

  /**
   * The same, and waits until an equal request that came before is over.
   *
   * @param patience after which it is told that it is still under way; at once where too many wait
   */
  Known begin(String id, String request, Duration patience) {
    Known known = begin(id, request);
    if (!(known instanceof Known.Underway) || !places.tryAcquire()) {
      return known;
    }
    try {
      long end = System.nanoTime() + patience.toNanos();
      while (known instanceof Known.Underway && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        known = begin(id, request);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
    return known;
  }

  private static Known known(Stored stored, String request, Instant now) {
    if (!stored.request().equals(request)) {
      return new Known.Another();
    }
    if (stored.status() == null) {
      boolean givenUp = stored.seenAt().plus(GIVEN_UP_AFTER).isBefore(now);
      return givenUp ? new Known.Unknown() : new Known.Underway();
    }
    return new Known.Answered(
        stored.status(),
        Optional.ofNullable(stored.location()),
        Objects.requireNonNullElse(stored.answer(), ""));
  }

  /** Keeps the answer of a request that was taken on. */
  void answered(String id, int status, Optional<String> location, String sealed) {
    here.remove(id);
    state
        .sql("UPDATE idempotent_request SET status = ?, location = ?, answer = ? WHERE id = ?")
        .param(status)
        .param(location.orElse(null))
        .param(sealed)
        .param(id)
        .update();
  }

  /** Nothing was done: the next with that key is the first. */
  void released(String id) {
    here.remove(id);
    state.sql("DELETE FROM idempotent_request WHERE id = ? AND status IS NULL").param(id).update();
  }

  private Optional<Stored> find(String id) {
    return state
        .sql("SELECT * FROM idempotent_request WHERE id = ?")
        .param(id)
        .query(IdempotentRequests::stored)
        .optional();
  }

  private static Stored stored(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getString("request_sha256"),
        Times.read(row, "seen_at"),
        row.getObject("status", Integer.class),
        row.getString("location"),
        row.getString("answer"));
  }

  private synchronized void beat() {
    if (pulse.isEmpty()) {
      ScheduledExecutorService started =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("idempotency").factory());
      var _ =
          started.scheduleWithFixedDelay(
              this::live, SIGN_OF_LIFE.toSeconds(), SIGN_OF_LIFE.toSeconds(), TimeUnit.SECONDS);
      pulse = Optional.of(started);
    }
  }

  private void live() {
    try {
      here.forEach(id ->
          state
              .sql("UPDATE idempotent_request SET seen_at = ? WHERE id = ?")
              .params(Times.parameter(clock.instant()), id)
              .update());
    } catch (RuntimeException stateIsDown) {
      LOG.warn("The state's database cannot be written: {}", stateIsDown.getMessage());
    }
  }

  @PreDestroy
  synchronized void stop() {
    pulse.ifPresent(ScheduledExecutorService::shutdownNow);
  }
}

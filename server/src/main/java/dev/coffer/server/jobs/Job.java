package dev.coffer.server.jobs;

import dev.coffer.server.audit.Actor;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Work that somebody asked for.
 *
 * @param subject the name of the file it is about, of a backup once there is one; of a comparison
 *     its id
 * @param reason why, in the actor's words; may be empty
 * @param outcome for people, once it is over
 */
public record Job(
    UUID id,
    JobKind kind,
    JobState state,
    String subject,
    String reason,
    Actor actor,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    String outcome) {

  Job started(Instant at) {
    return new Job(
        id,
        kind,
        JobState.RUNNING,
        subject,
        reason,
        actor,
        createdAt,
        Optional.of(at),
        endedAt,
        outcome);
  }

  Job ended(JobState how, String about, String words, Instant at) {
    return new Job(
        id, kind, how, about, reason, actor, createdAt, startedAt, Optional.of(at), words);
  }
}

package dev.coffer.server.keys;

import java.time.Instant;

/**
 * A riddle that waits for its answer.
 *
 * @param recipient whose holder can solve it, {@code age1…}
 * @param text an age file in its armour
 */
public record Challenge(
    String id, String recipient, String text, Instant createdAt, Instant expiresAt) {}

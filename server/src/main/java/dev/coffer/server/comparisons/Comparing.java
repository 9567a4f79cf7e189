package dev.coffer.server.comparisons;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A comparison as the state keeps it: what was asked for, and what came of it.
 *
 * @param job that does it; empty for the moment before it is taken on
 * @param report once it is done
 */
record Comparing(
    UUID id,
    Optional<UUID> job,
    Wanted wanted,
    String actor,
    Instant createdAt,
    Optional<Report> report) {}

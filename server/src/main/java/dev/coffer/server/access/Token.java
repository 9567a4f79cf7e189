package dev.coffer.server.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A program's way in.
 *
 * @param id is not secret; the token's text begins with it
 * @param account the name of the account that made it
 */
public record Token(
    String id,
    String name,
    String account,
    Scope scope,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> lastUsed) {}

package dev.coffer.server.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A person who may sign in.
 *
 * @param name in lower case
 * @param password bcrypt
 * @param mustChange whether the password was given by someone else and has to be replaced
 * @param revision counts the changes that end the account's sessions
 */
public record Account(
    long id,
    String name,
    String password,
    Role role,
    boolean mustChange,
    boolean enabled,
    int revision,
    Instant createdAt,
    Optional<Instant> lastSignIn) {}

package dev.coffer.model;

/**
 * Where a sequence stands.
 *
 * @param called whether {@code lastValue} has been handed out ({@code setval}'s third argument)
 */
public record SequenceState(QualifiedName name, long lastValue, boolean called) {}

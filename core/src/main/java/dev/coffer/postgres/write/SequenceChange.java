package dev.coffer.postgres.write;

import dev.coffer.model.SequenceState;

/** Where a sequence stood, and where it stands now. */
public record SequenceChange(SequenceState before, SequenceState after) {}

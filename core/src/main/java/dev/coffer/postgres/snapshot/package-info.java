/** Connections that share one exported MVCC snapshot, and the checks before it is taken. */
@NullMarked
package dev.coffer.postgres.snapshot;

import org.jspecify.annotations.NullMarked;

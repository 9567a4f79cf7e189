/** Throw-away PostgreSQL servers for the demo, for proofs and for tests. */
@NullMarked
package dev.coffer.embedded;

import org.jspecify.annotations.NullMarked;

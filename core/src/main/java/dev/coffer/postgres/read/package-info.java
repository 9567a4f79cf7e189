/** Reads rows in parallel by COPY, in heap order, within a shared snapshot. */
@NullMarked
package dev.coffer.postgres.read;

import org.jspecify.annotations.NullMarked;

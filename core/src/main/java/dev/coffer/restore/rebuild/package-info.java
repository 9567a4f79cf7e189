/** Rebuilds a database in an empty one: structure, rows, and what is built upon rows. */
@NullMarked
package dev.coffer.restore.rebuild;

import org.jspecify.annotations.NullMarked;

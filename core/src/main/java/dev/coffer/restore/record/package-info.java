/** Finds one record with everything that belongs to it, in a backup and in a live database. */
@NullMarked
package dev.coffer.restore.record;

import org.jspecify.annotations.NullMarked;

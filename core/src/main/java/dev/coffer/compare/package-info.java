/** Compares two states of a database, row by row, in constant memory. */
@NullMarked
package dev.coffer.compare;

import org.jspecify.annotations.NullMarked;

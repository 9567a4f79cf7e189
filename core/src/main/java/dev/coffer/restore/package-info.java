/** Puts a database back to what a backup says: planned first, whole or not at all, undoable. */
@NullMarked
package dev.coffer.restore;

import org.jspecify.annotations.NullMarked;

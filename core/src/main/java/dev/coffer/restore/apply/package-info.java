/** Applies changes of rows, each pinned to the row it expects, in one transaction. */
@NullMarked
package dev.coffer.restore.apply;

import org.jspecify.annotations.NullMarked;

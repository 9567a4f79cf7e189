/** Looks into the tables of a backup without restoring it. */
@NullMarked
package dev.coffer.browse;

import org.jspecify.annotations.NullMarked;

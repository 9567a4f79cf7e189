/** Looks into the tables of a backup, a legacy one too, without restoring it. */
@NullMarked
package dev.coffer.browse;

import org.jspecify.annotations.NullMarked;

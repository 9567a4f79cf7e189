/** Checks a backup file without a database and reports typed findings. */
@NullMarked
package dev.coffer.verify;

import org.jspecify.annotations.NullMarked;

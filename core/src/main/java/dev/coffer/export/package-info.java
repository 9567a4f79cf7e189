/** Turns backups into JSON, SQL for psql, and CSV, current and legacy ones, in constant memory. */
@NullMarked
package dev.coffer.export;

import org.jspecify.annotations.NullMarked;

/** Writing to a database: statements, rows by COPY, and whether the target is fit for it. */
@NullMarked
package dev.coffer.postgres.write;

import org.jspecify.annotations.NullMarked;

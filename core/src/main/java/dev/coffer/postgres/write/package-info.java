/** Changes a database: rows in one transaction, and everything that must stand aside for them. */
@NullMarked
package dev.coffer.postgres.write;

import org.jspecify.annotations.NullMarked;

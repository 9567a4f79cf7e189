/** Reads a database's structure from PostgreSQL's system catalogs. */
@NullMarked
package dev.coffer.postgres.catalog;

import org.jspecify.annotations.NullMarked;

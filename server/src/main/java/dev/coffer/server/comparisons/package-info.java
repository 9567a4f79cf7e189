/** What differs between a backup and the database, or between two backups. */
@NullMarked
package dev.coffer.server.comparisons;

import org.jspecify.annotations.NullMarked;

/** Takes a backup: from a database to a published file. */
@NullMarked
package dev.coffer.backup;

import org.jspecify.annotations.NullMarked;

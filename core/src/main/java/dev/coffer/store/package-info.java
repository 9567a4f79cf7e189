/** Folders of backups: list, publish atomically, read a range, delete. Knows no format. */
@NullMarked
package dev.coffer.store;

import org.jspecify.annotations.NullMarked;

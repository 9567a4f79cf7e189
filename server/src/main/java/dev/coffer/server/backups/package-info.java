/** Backups: take, list, show, verify, download, keep, delete. */
@NullMarked
package dev.coffer.server.backups;

import org.jspecify.annotations.NullMarked;

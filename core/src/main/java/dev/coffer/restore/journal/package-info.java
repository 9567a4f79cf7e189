/** What restores did, written beside the backups: how they ended, and how to take them back. */
@NullMarked
package dev.coffer.restore.journal;

import org.jspecify.annotations.NullMarked;

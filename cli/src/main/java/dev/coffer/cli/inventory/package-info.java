/** The commands that say which backups there are and what is in them. */
@NullMarked
package dev.coffer.cli.inventory;

import org.jspecify.annotations.NullMarked;

/** The commands that take backups. */
@NullMarked
package dev.coffer.cli.backup;

import org.jspecify.annotations.NullMarked;

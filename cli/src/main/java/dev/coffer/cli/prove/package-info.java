/** The command that restores a backup on trial. */
@NullMarked
package dev.coffer.cli.prove;

import org.jspecify.annotations.NullMarked;

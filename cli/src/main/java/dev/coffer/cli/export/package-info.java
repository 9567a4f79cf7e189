/** The command that turns a backup into other formats. */
@NullMarked
package dev.coffer.cli.export;

import org.jspecify.annotations.NullMarked;

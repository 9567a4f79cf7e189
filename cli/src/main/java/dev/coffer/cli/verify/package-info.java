/** The command that checks a backup. */
@NullMarked
package dev.coffer.cli.verify;

import org.jspecify.annotations.NullMarked;

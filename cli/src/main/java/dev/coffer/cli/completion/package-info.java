/** The command that lets shells complete. */
@NullMarked
package dev.coffer.cli.completion;

import org.jspecify.annotations.NullMarked;

/** The coffer command. */
@NullMarked
package dev.coffer.cli;

import org.jspecify.annotations.NullMarked;

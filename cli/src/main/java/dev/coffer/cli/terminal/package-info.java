/** What every command shares: settings, words, progress, and how failures are told. */
@NullMarked
package dev.coffer.cli.terminal;

import org.jspecify.annotations.NullMarked;

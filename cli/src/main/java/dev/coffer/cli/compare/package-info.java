/** The command that says what differs between two states of a database. */
@NullMarked
package dev.coffer.cli.compare;

import org.jspecify.annotations.NullMarked;

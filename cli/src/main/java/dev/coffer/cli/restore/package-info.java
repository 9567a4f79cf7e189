/** The commands that put a database back, and take that back. */
@NullMarked
package dev.coffer.cli.restore;

import org.jspecify.annotations.NullMarked;

/** The command that shows everything without touching anything. */
@NullMarked
package dev.coffer.cli.demo;

import org.jspecify.annotations.NullMarked;

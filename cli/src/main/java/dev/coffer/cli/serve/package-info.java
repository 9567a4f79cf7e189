/** The command that serves the admin's pages. */
@NullMarked
package dev.coffer.cli.serve;

import org.jspecify.annotations.NullMarked;

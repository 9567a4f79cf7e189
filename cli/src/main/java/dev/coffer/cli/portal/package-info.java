/** The commands that know the sales portal. */
@NullMarked
package dev.coffer.cli.portal;

import org.jspecify.annotations.NullMarked;

/** The commands about keys. */
@NullMarked
package dev.coffer.cli.keys;

import org.jspecify.annotations.NullMarked;

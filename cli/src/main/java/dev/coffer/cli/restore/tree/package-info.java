/** Shows a record with everything that belongs to it. */
@NullMarked
package dev.coffer.cli.restore.tree;

import org.jspecify.annotations.NullMarked;

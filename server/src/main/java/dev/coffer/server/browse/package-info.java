/** Looking into the tables of a backup without restoring it. */
@NullMarked
package dev.coffer.server.browse;

import org.jspecify.annotations.NullMarked;

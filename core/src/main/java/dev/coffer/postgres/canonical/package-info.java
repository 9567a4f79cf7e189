/** Values that came from elsewhere, as the server itself would write them. */
@NullMarked
package dev.coffer.postgres.canonical;

import org.jspecify.annotations.NullMarked;

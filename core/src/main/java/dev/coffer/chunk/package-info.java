/** Cuts rows into chunks whose borders depend on content, hashes and compresses them. */
@NullMarked
package dev.coffer.chunk;

import org.jspecify.annotations.NullMarked;

/** Buffers and hashes that every layer shares. */
@NullMarked
package dev.coffer.bytes;

import org.jspecify.annotations.NullMarked;

/** How long work tells whoever watches. */
@NullMarked
package dev.coffer.progress;

import org.jspecify.annotations.NullMarked;

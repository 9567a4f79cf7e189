/** Putting the protected database back: plans, what was done, and the way back from that. */
@NullMarked
package dev.coffer.server.restores;

import org.jspecify.annotations.NullMarked;

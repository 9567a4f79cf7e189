/** Proves a backup: restores it into a scratch database, reads it back, and compares. */
@NullMarked
package dev.coffer.proof;

import org.jspecify.annotations.NullMarked;

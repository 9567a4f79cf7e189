/** Who did what, when, from where, why, and with what outcome. */
@NullMarked
package dev.coffer.server.audit;

import org.jspecify.annotations.NullMarked;

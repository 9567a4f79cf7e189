/** What other programs watch the server by: health, readiness, metrics. */
@NullMarked
package dev.coffer.server.watch;

import org.jspecify.annotations.NullMarked;

/** Does what is due, lets old backups go, and the page of both. */
@NullMarked
package dev.coffer.server.schedules.work;

import org.jspecify.annotations.NullMarked;

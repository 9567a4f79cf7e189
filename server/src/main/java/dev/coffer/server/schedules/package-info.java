/** When backups are due: schedules, as the state keeps them. */
@NullMarked
package dev.coffer.server.schedules;

import org.jspecify.annotations.NullMarked;

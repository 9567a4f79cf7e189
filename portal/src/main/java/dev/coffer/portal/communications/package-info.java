/** The communication tables: the migration that adds them to a portal's database. */
@NullMarked
package dev.coffer.portal.communications;

import org.jspecify.annotations.NullMarked;

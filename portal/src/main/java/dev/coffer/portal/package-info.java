/** What is special about a sales portal: its profile, communication tables, sample database. */
@NullMarked
package dev.coffer.portal;

import org.jspecify.annotations.NullMarked;

/**
 * What statements and rows of a backup need to be loaded elsewhere: guards about roles, keys to
 * rows that are not there, stand-ins for values that stay closed.
 */
@NullMarked
package dev.coffer.loading;

import org.jspecify.annotations.NullMarked;

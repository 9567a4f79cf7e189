/** Which backups may go, by rule. */
@NullMarked
package dev.coffer.retention;

import org.jspecify.annotations.NullMarked;

/** Which backups there are, current and legacy, told from the files alone. */
@NullMarked
package dev.coffer.inventory;

import org.jspecify.annotations.NullMarked;

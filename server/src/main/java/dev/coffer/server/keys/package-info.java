/** Whether somebody still holds the keys that open sealed values. */
@NullMarked
package dev.coffer.server.keys;

import org.jspecify.annotations.NullMarked;

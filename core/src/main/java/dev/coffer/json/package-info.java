/** Turns rows in PostgreSQL's COPY text into JSON lines and back, without loss. */
@NullMarked
package dev.coffer.json;

import org.jspecify.annotations.NullMarked;

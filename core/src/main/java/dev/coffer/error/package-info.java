/** What can go wrong: one registry of stable codes, each with its exit status and a hint. */
@NullMarked
package dev.coffer.error;

import org.jspecify.annotations.NullMarked;

/**
 * Files of the sales portal's earlier backup systems: recognised, counted, checked as far as their
 * weak hashes allow, and read row by row. Nothing here writes them.
 */
@NullMarked
package dev.coffer.legacy;

import org.jspecify.annotations.NullMarked;

/**
 * A made-up sales portal: its tables, believable rows from a seed, and the flaws planted in them.
 */
@NullMarked
package dev.coffer.portal.sample;

import org.jspecify.annotations.NullMarked;

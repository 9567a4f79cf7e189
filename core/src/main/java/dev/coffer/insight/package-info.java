/** What is learned from rows as they stream by: what a profile counts, and rows that look bad. */
@NullMarked
package dev.coffer.insight;

import org.jspecify.annotations.NullMarked;

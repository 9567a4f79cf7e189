/** Shows how far a run has come. */
@NullMarked
package dev.coffer.cli.progress;

import org.jspecify.annotations.NullMarked;

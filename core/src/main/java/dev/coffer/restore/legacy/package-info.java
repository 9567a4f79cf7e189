/** Turns files of the portal's earlier system into documents that restore like any other. */
@NullMarked
package dev.coffer.restore.legacy;

import org.jspecify.annotations.NullMarked;

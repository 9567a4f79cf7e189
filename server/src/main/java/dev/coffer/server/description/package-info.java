/** The interface as it describes itself to tools. */
@NullMarked
package dev.coffer.server.description;

import org.jspecify.annotations.NullMarked;

/** The server: starts the pages and the HTTP interface around the engine. */
@NullMarked
package dev.coffer.server;

import org.jspecify.annotations.NullMarked;

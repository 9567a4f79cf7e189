/** Work that goes on while nobody looks. */
@NullMarked
package dev.coffer.server.jobs;

import org.jspecify.annotations.NullMarked;

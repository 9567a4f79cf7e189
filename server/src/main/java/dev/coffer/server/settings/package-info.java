/** The page of settings: what is protected, how, by which keys, and who may sign in. */
@NullMarked
package dev.coffer.server.settings;

import org.jspecify.annotations.NullMarked;

/** What all pages and the whole interface share: layout, errors, words. */
@NullMarked
package dev.coffer.server.web;

import org.jspecify.annotations.NullMarked;

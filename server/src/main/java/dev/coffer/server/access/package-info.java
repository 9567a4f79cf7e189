/** Who may do what: accounts, sign-in, roles, tokens. */
@NullMarked
package dev.coffer.server.access;

import org.jspecify.annotations.NullMarked;

/** Asking twice without doing twice (draft-ietf-httpapi-idempotency-key-header). */
@NullMarked
package dev.coffer.server.idempotency;

import org.jspecify.annotations.NullMarked;

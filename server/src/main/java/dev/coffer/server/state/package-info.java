/** Where the server keeps what the backup files cannot tell: users, tokens, jobs, audit. */
@NullMarked
package dev.coffer.server.state;

import org.jspecify.annotations.NullMarked;

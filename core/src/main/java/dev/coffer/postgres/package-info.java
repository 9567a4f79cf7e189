/** The only user of JDBC: finding the server, connecting, and telling its errors to a person. */
@NullMarked
package dev.coffer.postgres;

import org.jspecify.annotations.NullMarked;

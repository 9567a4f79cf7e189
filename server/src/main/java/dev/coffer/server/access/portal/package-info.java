/** The protected application's own accounts, by which its admins may sign in. */
@NullMarked
package dev.coffer.server.access.portal;

import org.jspecify.annotations.NullMarked;

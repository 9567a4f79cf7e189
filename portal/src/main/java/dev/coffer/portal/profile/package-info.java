/** The profiles that ship with Coffer. */
@NullMarked
package dev.coffer.portal.profile;

import org.jspecify.annotations.NullMarked;

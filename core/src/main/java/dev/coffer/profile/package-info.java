/** What an application says about its tables, in YAML. */
@NullMarked
package dev.coffer.profile;

import org.jspecify.annotations.NullMarked;

/** Sealing, encryption and signatures: the only user of cryptography. */
@NullMarked
package dev.coffer.seal;

import org.jspecify.annotations.NullMarked;

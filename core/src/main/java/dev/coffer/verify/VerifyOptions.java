package dev.coffer.verify;

import dev.coffer.seal.Identity;
import dev.coffer.seal.VerifyKey;
import java.util.List;

/**
 * How to verify.
 *
 * @param identities open files that are encrypted as a whole
 * @param trustedSigners whose signature counts; where there are none, any valid signature is
 *     reported with its key and a note
 * @param threads how many check chunks in parallel, at least one
 */
public record VerifyOptions(
    List<Identity> identities, List<VerifyKey> trustedSigners, int threads) {
  public VerifyOptions {
    identities = List.copyOf(identities);
    trustedSigners = List.copyOf(trustedSigners);
  }
}

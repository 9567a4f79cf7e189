package dev.coffer.proof;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import java.nio.file.Path;
import java.util.List;

/**
 * What to prove, and where.
 *
 * @param identities open sealed values and encrypted files; without them, sealed values are not
 *     proven
 * @param server a server on which this role may create databases; the database named is only
 *     connected to
 * @param keys whose trusted signers the backup must be signed by, and whose key signs the proof
 * @param jobs how many connections restore and read back
 */
public record ProofRequest(
    Path file,
    List<Identity> identities,
    ConnectionSettings server,
    KeyHome keys,
    int jobs,
    String cofferVersion) {
  public ProofRequest {
    identities = List.copyOf(identities);
  }
}

package dev.coffer.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * An entry of the audit trail. Its hash covers its own members and the hash of the entry before, so
 * that none can be changed, removed or put between without breaking the chain from there on.
 *
 * @param id counts from 1 without gaps
 * @param at to the millisecond
 * @param subject what was acted upon, such as a file's name; may be empty
 * @param reason why, in the actor's words; may be empty
 * @param detail for people; may be empty
 * @param previousHash of the entry before, 64 zeros for the first
 * @param hash SHA-256, hexadecimal
 */
public record AuditEntry(
    long id,
    Instant at,
    Actor actor,
    Action action,
    String subject,
    String reason,
    Outcome outcome,
    String detail,
    String previousHash,
    String hash) {

  /** The entry with its hash. */
  static AuditEntry sealed(
      long id,
      Instant at,
      Actor actor,
      Action action,
      String subject,
      String reason,
      Outcome outcome,
      String detail,
      String previousHash) {
    AuditEntry open =
        new AuditEntry(id, at, actor, action, subject, reason, outcome, detail, previousHash, "");
    return new AuditEntry(
        id, at, actor, action, subject, reason, outcome, detail, previousHash, open.computedHash());
  }

  /** What the hash has to be: of all members, each preceded by its length in bytes. */
  String computedHash() {
    MessageDigest digest = sha256();
    List<String> members =
        List.of(
            previousHash,
            Long.toString(id),
            at.toString(),
            actor.name(),
            actor.address(),
            action.name(),
            subject,
            reason,
            outcome.name(),
            detail);
    for (String member : members) {
      byte[] bytes = member.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

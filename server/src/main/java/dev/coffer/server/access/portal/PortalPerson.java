package dev.coffer.server.access.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Somebody who has an account in a protected application.
 *
 * @param database which application, by its database's id
 * @param password what is stored for it: bcrypt, if it is to be of use
 * @param admin whether the role is one of an admin
 */
public record PortalPerson(
    String database, String name, String password, String role, boolean admin) {

  /** What changes with the password or the role, and tells neither. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(password.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(role.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Not the password. */
  @Override
  public String toString() {
    return name;
  }
}

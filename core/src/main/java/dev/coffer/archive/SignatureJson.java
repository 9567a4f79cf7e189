package dev.coffer.archive;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code signature} object. Its text has one form only, so that no byte of it can be changed.
 */
final class SignatureJson {
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"algorithm\":\"Ed25519\",\"publicKey\":\"([A-Za-z0-9+/]{43}=)\","
              + "\"value\":\"([A-Za-z0-9+/]{86}==)\"}");

  private SignatureJson() {}

  /** A public key of 32 bytes and the signature of 64 that it made. */
  @SuppressWarnings("ArrayRecordComponent")
  record Parts(byte[] publicKey, byte[] value) {}

  static String write(byte[] publicKey, byte[] value) {
    Base64.Encoder base64 = Base64.getEncoder();
    return "{\"algorithm\":\"Ed25519\",\"publicKey\":\""
        + base64.encodeToString(publicKey)
        + "\",\"value\":\""
        + base64.encodeToString(value)
        + "\"}";
  }

  /** The same for the line that ends the document (docs/FORMAT.md, "Layout of the text"). */
  static Optional<Parts> ofLine(String line) {
    boolean whole = line.startsWith(Layout.SIGNATURE) && line.endsWith(Layout.END);
    return whole
        ? read(line.substring(Layout.SIGNATURE.length(), line.length() - Layout.END.length()))
        : Optional.empty();
  }

  /** Empty where the text is not exactly what {@link #write} makes. */
  static Optional<Parts> read(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] publicKey = Base64.getDecoder().decode(matcher.group(1));
    byte[] value = Base64.getDecoder().decode(matcher.group(2));
    return write(publicKey, value).equals(text)
        ? Optional.of(new Parts(publicKey, value))
        : Optional.empty();
  }
}

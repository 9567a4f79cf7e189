package dev.coffer.seal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Textual encodings of keys (RFC 7468), one to a file. */
final class Pem {
  private Pem() {}

  static String encode(String label, byte[] der) {
    byte[] lineBreak = {'\n'};
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, lineBreak).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /**
   * The content of {@code text}.
   *
   * @throws CofferException KEY_INVALID when it is anything but one {@code label}
   */
  static byte[] decode(String label, String text, String origin) {
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw invalid(label, origin);
    }
    String body = text.substring(from + begin.length(), to);
    try {
      return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException notBase64) {
      throw invalid(label, origin);
    }
  }

  static CofferException invalid(String label, String origin) {
    return new CofferException(
        ErrorCode.KEY_INVALID,
        origin + " is not an Ed25519 key in PEM (" + label + ")",
        "coffer keys generate writes one; so does: openssl genpkey -algorithm ed25519");
  }
}

package dev.coffer.server.web;

/** What is said of a request that no call of the interface takes, by the status that it gets. */
public final class Refusals {
  private Refusals() {}

  public static Problem of(int status) {
    return switch (status) {
      case 400 -> new Problem(status, "REQUEST_INVALID", "the request is not as it has to be", "");
      case 404 ->
          new Problem(
              status, "NOT_FOUND", "there is no such call", "/api/v1/openapi.json lists all.");
      case 405 ->
          new Problem(
              status,
              "METHOD_NOT_ALLOWED",
              "the call does not take that method",
              "The header Allow names those that it takes.");
      case 406 ->
          new Problem(
              status,
              "NOT_ACCEPTABLE",
              "the answer has no form that the request accepts",
              "Accept application/json.");
      case 413 ->
          new Problem(
              status, "BODY_TOO_LARGE", "the body is larger than 1 MB", "Send less at once.");
      case 415 ->
          new Problem(
              status,
              "MEDIA_TYPE_UNSUPPORTED",
              "the body is not said to be JSON",
              "Send Content-Type: application/json.");
      case 500 ->
          new Problem(status, "INTERNAL", "the server failed", "The server's log tells more.");
      case 503 ->
          new Problem(
              status,
              "STATE_UNAVAILABLE",
              "Coffer's own state cannot be used now",
              "Try again later; the server's log tells more.");
      default -> new Problem(status, "REQUEST_INVALID", "the request is refused", "");
    };
  }
}

package dev.coffer.server.web;

/** A request that cannot be granted, told to whoever made it: by a page, or as a problem. */
public final class Refused extends RuntimeException {
  private final Problem problem;

  public Refused(int status, String code, String detail, String hint) {
    super(detail);
    problem = new Problem(status, code, detail, hint);
  }

  /** What was asked for is not there. */
  public static Refused missing(String what) {
    return new Refused(404, "NOT_FOUND", what, "The list shows what there is.");
  }

  /** A field or a parameter is not as it has to be. */
  public static Refused invalid(String detail, String hint) {
    return new Refused(400, "REQUEST_INVALID", detail, hint);
  }

  public Problem problem() {
    return problem;
  }
}

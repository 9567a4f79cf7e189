package dev.coffer.server.web;

import dev.coffer.error.CofferException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * Why a request has no result (RFC 9457, "Problem Details for HTTP APIs").
 *
 * @param code stays the same from release to release
 * @param detail a fact, with identifiers
 * @param hint what to do; may be empty
 */
public record Problem(int status, String code, String detail, String hint) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** An engine's failure, told over HTTP. */
  public static Problem of(CofferException failure) {
    return new Problem(
        status(failure).value(), failure.code().name(), failure.fact(), failure.hint());
  }

  private static HttpStatus status(CofferException failure) {
    return switch (failure.code()) {
      case USAGE, REASON_INVALID, PROFILE_INVALID -> HttpStatus.BAD_REQUEST;
      case BACKUP_NOT_FOUND,
          TABLE_NOT_FOUND,
          RECORD_NOT_FOUND,
          RESTORE_NOT_FOUND,
          COMPARISON_NOT_FOUND ->
          HttpStatus.NOT_FOUND;
      case COMPARISON_EXPIRED -> HttpStatus.GONE;
      case NOT_A_BACKUP,
          BACKUP_DAMAGED,
          BACKUP_NOT_AUTHENTIC,
          BACKUP_TOO_NEW,
          CONFIRMATION_WRONG,
          KEY_INVALID,
          KEY_NEEDED,
          KEY_DOES_NOT_OPEN,
          VALUE_UNSUPPORTED ->
          HttpStatus.UNPROCESSABLE_CONTENT;
      case DATABASE_UNREACHABLE,
          DATABASE_AUTHENTICATION,
          DATABASE_UNKNOWN,
          DATABASE_VERSION,
          DATABASE_PRIVILEGES,
          DATABASE_CHANGED,
          DATABASE_LOCKED,
          DATABASE_LOST,
          DATABASE_FAILED ->
          HttpStatus.SERVICE_UNAVAILABLE;
      case TARGET_FULL -> HttpStatus.INSUFFICIENT_STORAGE;
      case TARGET_EXISTS,
          BACKUP_KEPT,
          BACKUP_IN_USE,
          RECORD_AMBIGUOUS,
          PLAN_STALE,
          ROWS_CHANGED_SINCE,
          RESTORE_RUNNING,
          SCHEMA_DIFFERS,
          CONSTRAINT_VIOLATED ->
          HttpStatus.CONFLICT;
      case INTERRUPTED -> HttpStatus.CONFLICT;
      default -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  /** The members, with {@code success} for programs that ask no more. */
  public Map<String, Object> members() {
    HttpStatus known = HttpStatus.resolve(status);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", known == null ? "Error" : known.getReasonPhrase());
    members.put("status", status);
    members.put("detail", detail);
    members.put("success", false);
    members.put("code", code);
    members.put("hint", hint);
    return members;
  }
}

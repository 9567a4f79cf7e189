package dev.coffer.restore.rebuild;

import java.util.List;
import java.util.Map;

/**
 * What a rebuilt database has, and lacks.
 *
 * @param tables rows by logical name
 * @param leftOut owners, privileges and policies that the server refused since it lacks a role or
 *     this one may not act for it, a line each: {@code OWNER sales: role "clerk" does not exist}
 * @param lost what became of sealed values that stayed closed, by table and column
 * @param notices what else a person should read
 */
public record RebuildResult(
    long rows,
    Map<String, Long> tables,
    List<String> leftOut,
    List<LostSecrets> lost,
    List<String> notices) {
  public RebuildResult {
    leftOut = List.copyOf(leftOut);
    lost = List.copyOf(lost);
    notices = List.copyOf(notices);
  }

  /**
   * A column whose sealed values did not come back.
   *
   * @param instead what the column holds now, for people: {@code null}, {@code a random text that
   *     begins with an exclamation mark}
   * @param rows how many had a value
   * @param keys the primary keys of the first 100 of them, parts joined by a comma; empty where the
   *     table has none
   */
  public record LostSecrets(
      String table, String column, String instead, long rows, List<String> keys) {
    public LostSecrets {
      keys = List.copyOf(keys);
    }
  }
}

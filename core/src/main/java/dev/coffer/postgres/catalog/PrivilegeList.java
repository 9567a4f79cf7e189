package dev.coffer.postgres.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The privileges on one object, as they are and as they would be if nobody had granted or revoked
 * anything, and the statements that lead from the one to the other.
 */
final class PrivilegeList {

  /** Who gave something to whom; names are quoted, everybody is {@code PUBLIC}. */
  private record Grant(String grantee, String grantor) {}

  /** The privileges of a grant: with and without the right to pass them on. */
  private record Privileges(List<String> plain, List<String> withOption) {}

  private final Map<Grant, Privileges> initial = new LinkedHashMap<>();
  private final Map<Grant, Privileges> present = new LinkedHashMap<>();
  private final String owner;

  PrivilegeList(String owner) {
    this.owner = owner;
  }

  void add(boolean now, String grantee, String grantor, String privilege, boolean option) {
    Privileges privileges =
        (now ? present : initial)
            .computeIfAbsent(
                new Grant(grantee, grantor),
                grant -> new Privileges(new ArrayList<>(), new ArrayList<>()));
    (option ? privileges.withOption() : privileges.plain()).add(privilege);
  }

  /**
   * The statements that change what is initially so into what is so at present.
   *
   * @param before what stands before {@code GRANT} or {@code REVOKE}
   * @param columns the columns that the privileges are about, in parentheses; empty for the whole
   * @param target what stands after {@code ON}
   */
  String statements(String before, String columns, String target) {
    List<String> result = new ArrayList<>();
    initial.forEach((grant, privileges) -> {
      if (!privileges.equals(present.get(grant))) {
        result.add(
            before + "REVOKE ALL" + columns + " ON " + target + " FROM " + grant.grantee + ";");
      }
    });
    // The owner comes first: others may hold what they hold from the owner's grants.
    present.forEach(
        (grant, privileges) -> grant(result, true, before, columns, target, grant, privileges));
    present.forEach(
        (grant, privileges) -> grant(result, false, before, columns, target, grant, privileges));
    return String.join("\n", result);
  }

  private void grant(
      List<String> result,
      boolean toOwner,
      String before,
      String columns,
      String target,
      Grant grant,
      Privileges privileges) {
    if (grant.grantee.equals(owner) != toOwner || privileges.equals(initial.get(grant))) {
      return;
    }
    boolean foreign = !grant.grantor.equals(owner);
    if (foreign) {
      result.add("SET SESSION AUTHORIZATION " + grant.grantor + ";");
    }
    String to = " ON " + target + " TO " + grant.grantee;
    if (!privileges.plain.isEmpty()) {
      result.add(before + "GRANT " + list(privileges.plain, columns) + to + ";");
    }
    if (!privileges.withOption.isEmpty()) {
      result.add(
          before + "GRANT " + list(privileges.withOption, columns) + to + " WITH GRANT OPTION;");
    }
    if (foreign) {
      result.add("RESET SESSION AUTHORIZATION;");
    }
  }

  private static String list(List<String> privileges, String columns) {
    return String.join(", ", privileges.stream().map(name -> name + columns).toList());
  }
}

package dev.coffer.restore;

import dev.coffer.model.SchemaStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether types that users make are still made as in the backup: their names alone do not tell. A
 * composite value's text has no attributes' names, so that it may mean something else by now.
 */
final class TypeFit {
  private static final Pattern MEMBERS =
      Pattern.compile("CREATE TYPE .* AS (ENUM )?\\((.*)\\n\\);", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^\" ]+) (.*)", Pattern.DOTALL);
  private static final String INDENT = "\n    ";

  /**
   * How a type is made.
   *
   * @param members attributes with their types, or labels; none of a domain
   * @param mentions what may name the types that it is made of
   */
  private record Made(boolean enumeration, List<String> members, List<String> mentions) {}

  private final Map<String, Made> before;
  private final Map<String, Made> after;

  /**
   * @param before statements of the backup
   * @param after statements that would make the database as it is now
   */
  TypeFit(List<SchemaStatement> before, List<SchemaStatement> after) {
    this.before = types(before);
    this.after = types(after);
  }

  private static Map<String, Made> types(List<SchemaStatement> statements) {
    Map<String, Made> types = new HashMap<>();
    for (SchemaStatement statement : statements) {
      String sql = statement.sql();
      Matcher type = MEMBERS.matcher(sql);
      if (statement.kind().equals("TYPE") && type.matches()) {
        List<String> members = new ArrayList<>();
        for (String member : type.group(2).split("," + INDENT, -1)) {
          members.add(member.strip());
        }
        boolean enumeration = type.group(1) != null;
        types.put(
            statement.name(), new Made(enumeration, members, enumeration ? List.of() : members));
      } else if (statement.kind().equals("DOMAIN") && sql.startsWith("CREATE DOMAIN ")) {
        types.put(statement.name(), new Made(false, List.of(), List.of(sql)));
      }
    }
    return types;
  }

  /** What of a type that both have by that name has changed so that values may not fit. */
  Optional<String> problem(String type) {
    for (String part : parts(type)) {
      Made then = before.get(part);
      Made now = after.get(part);
      if (then != null && now != null && !then.enumeration() && !fits(then, now)) {
        return Optional.of("the attributes of type " + part + " are others than in the backup");
      }
    }
    return Optional.empty();
  }

  /** Labels of enumerations in a type that the database does not know, for people. */
  List<String> missingLabels(String type) {
    List<String> missing = new ArrayList<>();
    for (String part : parts(type)) {
      Made then = before.get(part);
      Made now = after.get(part);
      if (then != null && now != null && then.enumeration() && now.enumeration()) {
        List<String> labels = new ArrayList<>(then.members());
        labels.removeAll(now.members());
        labels.forEach(label -> missing.add(label + " of type " + part));
      }
    }
    return missing;
  }

  private static boolean fits(Made then, Made now) {
    if (then.enumeration() != now.enumeration() || then.members().size() != now.members().size()) {
      return false;
    }
    for (int i = 0; i < then.members().size(); i++) {
      Matcher one = ATTRIBUTE.matcher(then.members().get(i));
      Matcher other = ATTRIBUTE.matcher(now.members().get(i));
      boolean same =
          then.members().get(i).equals(now.members().get(i))
              || (one.matches()
                  && other.matches()
                  && one.group(1).equals(other.group(1))
                  && SchemaFit.fits(one.group(2), other.group(2)));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** The type, and those that it is made of in the backup. */
  private Set<String> parts(String type) {
    Set<String> parts = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(type.replaceFirst("(\\[])+$", "")));
    while (!open.isEmpty()) {
      String part = open.removeLast();
      Made made = before.get(part);
      if (made != null && parts.add(part)) {
        before.keySet().stream()
            .filter(name -> made.mentions().stream().anyMatch(text -> mentions(text, name)))
            .forEach(open::add);
      }
    }
    return parts;
  }

  private static boolean mentions(String text, String name) {
    return Pattern.compile(" " + Pattern.quote(name) + "(?![^\\[ ,;\\n])").matcher(text).find();
  }
}

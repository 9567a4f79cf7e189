package dev.coffer.compare;

import dev.coffer.compare.ComparisonResult.StructureDifference;
import dev.coffer.compare.ComparisonResult.StructureDifference.Difference;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.SchemaStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the statements that rebuild two databases, but for the tables', which have their own.
 */
final class Structure {
  private record Subject(String kind, String name) {}

  private Structure() {}

  static List<StructureDifference> differences(DatabaseSchema before, DatabaseSchema after) {
    Map<Subject, String> earlier = statements(before);
    Map<Subject, String> later = statements(after);
    List<StructureDifference> differences = new ArrayList<>();
    earlier.forEach((subject, sql) -> {
      String other = later.get(subject);
      if (other == null) {
        differences.add(difference(Difference.REMOVED, subject));
      } else if (!other.equals(sql)) {
        differences.add(difference(Difference.CHANGED, subject));
      }
    });
    later.keySet().stream()
        .filter(subject -> !earlier.containsKey(subject))
        .forEach(subject -> differences.add(difference(Difference.ADDED, subject)));
    return differences;
  }

  private static Map<Subject, String> statements(DatabaseSchema schema) {
    Map<Subject, String> statements = new LinkedHashMap<>();
    for (SchemaStatement statement : schema.statements()) {
      if (!statement.kind().equals("TABLE")) {
        statements.merge(
            new Subject(statement.kind(), statement.name()), statement.sql(), String::concat);
      }
    }
    return statements;
  }

  private static StructureDifference difference(Difference difference, Subject subject) {
    return new StructureDifference(difference, subject.kind(), subject.name());
  }
}

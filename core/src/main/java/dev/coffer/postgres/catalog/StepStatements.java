package dev.coffer.postgres.catalog;

import dev.coffer.model.SchemaStatement;
import java.util.List;

/** What a step of the loading order runs for the object itself. */
final class StepStatements {

  private StepStatements() {}

  static List<SchemaStatement> of(DependencyOrder.Step step) {
    CatalogObject object = step.object();
    String sql = object.sql();
    if (step.placeholder()) {
      sql = object.placeholder();
    } else if (step.replaces() && object.kind() == ObjectKind.VIEW) {
      sql = sql.replaceFirst("^CREATE VIEW", "CREATE OR REPLACE VIEW");
    }
    return sql.isEmpty()
        ? List.of()
        : List.of(new SchemaStatement(step.section(), object.kind().label(), object.name(), sql));
  }
}

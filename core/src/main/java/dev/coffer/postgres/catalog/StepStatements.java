package dev.coffer.postgres.catalog;

import dev.coffer.model.SchemaStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a step of the loading order runs: the object itself, its owner, and what is said of it. */
final class StepStatements {
  private final Map<ObjectId, String> owners;
  private final Map<ObjectId, String> comments;
  private final Map<ObjectId, String> securityLabels;

  private StepStatements(
      Map<ObjectId, String> owners,
      Map<ObjectId, String> comments,
      Map<ObjectId, String> securityLabels) {
    this.owners = owners;
    this.comments = comments;
    this.securityLabels = securityLabels;
  }

  static StepStatements read(
      CatalogSession session, Map<ObjectId, CatalogObject> objects, DependencyGraph graph)
      throws SQLException {
    return new StepStatements(
        OwnerStatements.read(session),
        Annotations.comments(session).byObject(objects, graph),
        Annotations.securityLabels(session).byObject(objects, graph));
  }

  List<SchemaStatement> of(DependencyOrder.Step step) {
    CatalogObject object = step.object();
    List<SchemaStatement> statements = new ArrayList<>();
    if (step.placeholder()) {
      add(statements, step, object.kind().label(), object.placeholder());
      return statements;
    }
    boolean viewAgain = step.replaces() && object.kind() == ObjectKind.VIEW;
    add(
        statements,
        step,
        object.kind().label(),
        viewAgain
            ? object.sql().replaceFirst("^CREATE VIEW", "CREATE OR REPLACE VIEW")
            : object.sql());
    String owner = owners.getOrDefault(object.id(), "");
    if (!owner.isEmpty() && !object.target().isEmpty()) {
      add(statements, step, "OWNER", "ALTER " + object.target() + " OWNER TO " + owner + ";");
    }
    add(statements, step, "COMMENT", comments.getOrDefault(object.id(), ""));
    add(statements, step, "SECURITY LABEL", securityLabels.getOrDefault(object.id(), ""));
    return statements;
  }

  private static void add(
      List<SchemaStatement> statements, DependencyOrder.Step step, String kind, String sql) {
    if (!sql.isEmpty()) {
      statements.add(new SchemaStatement(step.section(), kind, step.object().name(), sql));
    }
  }
}

package dev.coffer.postgres.catalog;

import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.NotCaptured;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SchemaStatement.Section;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads a database's structure from the system catalogs of PostgreSQL 13 to 18. Needs no superuser:
 * a role with {@code pg_read_all_data} sees everything that is read here.
 */
public final class CatalogReader {

  private CatalogReader() {}

  /**
   * Reads the structure of the database at the other end of {@code connection}, which has to be
   * inside a transaction; repeatable read makes the answer agree with itself and with rows read
   * later. The connection is left with the settings it came with.
   */
  public static DatabaseSchema read(Connection connection) throws SQLException {
    Savepoint before = connection.setSavepoint();
    CatalogSession session = CatalogSession.open(connection);
    DatabaseSchema schema = read(session);
    connection.rollback(before);
    connection.releaseSavepoint(before);
    return schema;
  }

  private static DatabaseSchema read(CatalogSession session) throws SQLException {
    DependencyGraph graph = DependencyGraph.read(session);
    Map<ObjectId, CatalogObject> objects = new LinkedHashMap<>();
    for (CatalogObject object : CatalogObjects.read(session)) {
      if (!graph.isMember(object.id())) {
        objects.put(object.id(), object);
      }
    }
    graph.absorbParts(objects.keySet());
    List<NotCaptured> notCaptured =
        new ArrayList<>(NotCapturedReader.read(session, objects.keySet(), graph));
    Predicate<ObjectId> hasPrivileges =
        id ->
            objects.containsKey(id)
                || graph.isMember(id)
                || id.oid() < CatalogSession.FIRST_USER_OID
                || id.catalog().equals("pg_largeobject");
    for (CatalogObject object : PrivilegeStatements.read(session, hasPrivileges)) {
      objects.put(object.id(), object);
    }
    Map<ObjectId, Set<ObjectId>> needs = graph.among(objects.values());
    for (CatalogObject refresh : DependencyGraph.unfillable(objects, needs)) {
      objects.remove(refresh.id());
      needs.remove(refresh.id());
      notCaptured.add(
          new NotCaptured(
              refresh.kind().label(),
              refresh.name(),
              "It reads a materialized view that is not filled: REFRESH both after a restore."));
    }
    StepStatements steps = StepStatements.read(session, objects, graph);
    List<SchemaStatement> statements = new ArrayList<>();
    statements.add(
        new SchemaStatement(Section.PRE_DATA, ObjectKind.SETTINGS.label(), "settings", SETTINGS));
    DependencyOrder.sort(objects.values(), needs)
        .forEach(step -> statements.addAll(steps.of(step)));
    return new DatabaseSchema(
        new TableReader(session).read(),
        ForeignKeyReader.read(session),
        SequenceReader.read(session),
        statements,
        notCaptured);
  }

  /** What the statements take for granted; a loader runs them before all others. */
  private static final String SETTINGS =
      """
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SET check_function_bodies = false;
      SET xmloption = content;
      SET client_min_messages = warning;
      SET row_security = off;
      SET default_tablespace = '';
      SET default_table_access_method = heap;
      SET search_path = '';\
      """;
}

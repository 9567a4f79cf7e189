package dev.coffer.postgres.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What needs what, from {@code pg_depend} (PostgreSQL manual, "System Catalogs"). The catalog knows
 * many small things that no statement makes by itself: a table's row type and its array, a view's
 * rule, the index under a constraint. Each of them counts as part of the object that makes it.
 */
final class DependencyGraph {
  private final Map<ObjectId, ObjectId> wholes = new HashMap<>();
  private final Set<ObjectId> members = new HashSet<>();
  private final List<Edge> edges;

  private record Edge(ObjectId from, ObjectId to, String type) {}

  private DependencyGraph(List<Edge> edges) {
    this.edges = edges;
    for (Edge edge : edges) {
      if (edge.type.equals("e")) {
        wholes.put(edge.from, edge.to);
        members.add(edge.from);
      }
    }
  }

  static DependencyGraph read(CatalogSession session) throws SQLException {
    List<Edge> edges =
        session.list(
            """
            SELECT DISTINCT classid::regclass::text, objid, refclassid::regclass::text, refobjid,
                   deptype
            FROM pg_depend WHERE objid >= %1$d AND refobjid >= %1$d
            """
                .formatted(CatalogSession.FIRST_USER_OID),
            row ->
                new Edge(
                    new ObjectId(row.getString(1), row.getLong(2)),
                    new ObjectId(row.getString(3), row.getLong(4)),
                    row.getString(5)));
    DependencyGraph graph = new DependencyGraph(edges);
    session.list(
        """
        SELECT 'pg_type', reltype, 'pg_class', oid FROM pg_class
        WHERE reltype >= %1$d AND relkind <> 'c'
        UNION ALL SELECT 'pg_class', typrelid, 'pg_type', oid FROM pg_type
        WHERE typtype = 'c' AND oid >= %1$d
          AND typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c')
        UNION ALL SELECT 'pg_type', typarray, 'pg_type', oid FROM pg_type
        WHERE typarray >= %1$d
        UNION ALL SELECT 'pg_rewrite', oid, 'pg_class', ev_class FROM pg_rewrite
        WHERE oid >= %1$d AND ev_type = '1'
        UNION ALL SELECT 'pg_attrdef', oid, 'pg_class', adrelid FROM pg_attrdef
        WHERE oid >= %1$d
        UNION ALL SELECT 'pg_class', conindid, 'pg_constraint', oid FROM pg_constraint
        WHERE contype IN ('p', 'u', 'x') AND oid >= %1$d
        UNION ALL SELECT 'pg_constraint', oid, 'pg_class', conrelid FROM pg_constraint
        WHERE contype IN ('c', 'n') AND conrelid >= %1$d
        UNION ALL SELECT 'pg_constraint', oid, 'pg_type', contypid FROM pg_constraint
        WHERE contypid >= %1$d
        UNION ALL SELECT 'pg_constraint', oid, 'pg_constraint', conparentid
        FROM pg_constraint WHERE conparentid >= %1$d AND contype = 'f'
        UNION ALL SELECT 'pg_trigger', oid, 'pg_trigger', tgparentid
        FROM pg_trigger WHERE tgparentid >= %1$d
        UNION ALL SELECT classid::regclass::text, objid, refclassid::regclass::text, refobjid
        FROM pg_depend
        WHERE classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND objid >= %1$d
          AND refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
        UNION ALL SELECT 'pg_class', reltoastrelid, 'pg_class', oid FROM pg_class
        WHERE reltoastrelid >= %1$d
        UNION ALL SELECT 'pg_class', i.indexrelid, 'pg_class', i.indrelid
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid AND c.relkind = 't'
        WHERE i.indexrelid >= %1$d
        """
            .formatted(CatalogSession.FIRST_USER_OID),
        row -> {
          ObjectId part = new ObjectId(row.getString(1), row.getLong(2));
          return graph.wholes.putIfAbsent(part, new ObjectId(row.getString(3), row.getLong(4)));
        });
    return graph;
  }

  /** Whether an extension makes the object. */
  boolean isMember(ObjectId id) {
    return members.contains(id);
  }

  /** Makes what depends internally on another object part of it, unless it is emitted itself. */
  void absorbParts(Set<ObjectId> emitted) {
    for (Edge edge : edges) {
      if (edge.type.equals("i") && !emitted.contains(edge.from)) {
        wholes.putIfAbsent(edge.from, edge.to);
      }
    }
  }

  /**
   * The emitted object that {@code id} is, or is part of; {@code id} itself where there is none.
   */
  ObjectId whole(ObjectId id, Set<ObjectId> emitted) {
    ObjectId current = id;
    for (int depth = 0; depth < 10 && !emitted.contains(current); depth++) {
      ObjectId next = wholes.get(current);
      if (next == null) {
        return current;
      }
      current = next;
    }
    return current;
  }

  /** For each emitted object, the emitted objects that it needs. */
  Map<ObjectId, Set<ObjectId>> among(Collection<CatalogObject> objects) {
    Set<ObjectId> emitted = new HashSet<>();
    objects.forEach(object -> emitted.add(object.id()));
    Map<ObjectId, Set<ObjectId>> needs = new HashMap<>();
    for (CatalogObject object : objects) {
      Set<ObjectId> own = needs.computeIfAbsent(object.id(), id -> new LinkedHashSet<>());
      object.after().forEach(id -> own.add(whole(id, emitted)));
    }
    for (Edge edge : edges) {
      ObjectId from = whole(edge.from, emitted);
      Set<ObjectId> own = needs.get(from);
      if (own != null) {
        own.add(whole(edge.to, emitted));
      }
    }
    objects.stream()
        .filter(object -> object.kind() == ObjectKind.REFRESH)
        .forEach(object -> orderRefresh(object.id(), needs));
    needs.forEach((id, own) -> {
      own.remove(id);
      own.removeIf(other -> !emitted.contains(other));
    });
    return needs;
  }

  /** A materialized view is filled after all those that it reads, directly or through others. */
  private static void orderRefresh(ObjectId refresh, Map<ObjectId, Set<ObjectId>> needs) {
    for (ObjectId id : reachable(refresh, needs)) {
      ObjectId other = new ObjectId(refresh.catalog(), id.oid());
      if (id.catalog().equals("pg_class") && needs.containsKey(other)) {
        needs.getOrDefault(refresh, Set.of()).add(other);
      }
    }
  }

  /**
   * The steps that cannot fill a materialized view, because it reads one that is empty itself: its
   * rows are older than that.
   */
  static List<CatalogObject> unfillable(
      Map<ObjectId, CatalogObject> objects, Map<ObjectId, Set<ObjectId>> needs) {
    List<CatalogObject> result = new ArrayList<>();
    for (CatalogObject object : objects.values()) {
      if (object.kind() != ObjectKind.REFRESH) {
        continue;
      }
      for (ObjectId id : reachable(object.id(), needs)) {
        CatalogObject read = objects.get(id);
        if (read != null
            && read.kind() == ObjectKind.MATERIALIZED_VIEW
            && !objects.containsKey(new ObjectId(object.id().catalog(), id.oid()))) {
          result.add(object);
          break;
        }
      }
    }
    return result;
  }

  private static Set<ObjectId> reachable(ObjectId from, Map<ObjectId, Set<ObjectId>> needs) {
    Set<ObjectId> reached = new LinkedHashSet<>(needs.getOrDefault(from, Set.of()));
    List<ObjectId> open = new ArrayList<>(reached);
    while (!open.isEmpty()) {
      for (ObjectId next : needs.getOrDefault(open.removeLast(), Set.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }
}

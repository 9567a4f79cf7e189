package dev.coffer.postgres.catalog;

import dev.coffer.model.SchemaStatement.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Puts objects into an order that loads: what an object needs comes before it, and where that
 * leaves a choice, section, kind and name decide. An object that needs something that loads after
 * the rows loads after the rows as well. Objects that need each other are untied by a stand-in.
 */
final class DependencyOrder {

  /**
   * @param placeholder whether only the stand-in is made here
   * @param replaces whether a stand-in was made before
   */
  record Step(CatalogObject object, Section section, boolean placeholder, boolean replaces) {}

  private static final Comparator<CatalogObject> BY_KIND =
      Comparator.comparing(CatalogObject::kind)
          .thenComparing(CatalogObject::name)
          .thenComparing(object -> object.id().catalog())
          .thenComparingLong(object -> object.id().oid());

  private final Map<ObjectId, CatalogObject> objects = new LinkedHashMap<>();
  private final Map<ObjectId, Set<ObjectId>> needs;
  private final Map<ObjectId, List<ObjectId>> neededBy = new HashMap<>();

  /** What loads after the rows. */
  private final Set<ObjectId> late = new HashSet<>();

  /** What has a stand-in before the rows and its own statement after them. */
  private final Set<ObjectId> doubles = new HashSet<>();

  private final List<Step> steps = new ArrayList<>();

  private DependencyOrder(Collection<CatalogObject> all, Map<ObjectId, Set<ObjectId>> needs) {
    all.stream().sorted(BY_KIND).forEach(object -> objects.put(object.id(), object));
    this.needs = needs;
    needs.forEach((id, own) ->
        own.forEach(other -> neededBy.computeIfAbsent(other, key -> new ArrayList<>()).add(id)));
  }

  static List<Step> sort(Collection<CatalogObject> all, Map<ObjectId, Set<ObjectId>> needs) {
    DependencyOrder order = new DependencyOrder(all, needs);
    order.postpone();
    order.new Loading(Section.PRE_DATA).run();
    order.new Loading(Section.POST_DATA).run();
    return order.steps;
  }

  /** Finds what loads after the rows because it needs something that does. */
  private void postpone() {
    List<ObjectId> open = new ArrayList<>();
    for (CatalogObject object : objects.values()) {
      if (object.kind().section() == Section.POST_DATA) {
        late.add(object.id());
        open.add(object.id());
      }
    }
    while (!open.isEmpty()) {
      for (ObjectId id : neededBy.getOrDefault(open.removeLast(), List.of())) {
        if (!late.add(id)) {
          continue;
        }
        if (hasPlaceholder(id)) {
          doubles.add(id);
        } else {
          open.add(id);
        }
      }
    }
  }

  private boolean hasPlaceholder(ObjectId id) {
    return !object(id).placeholder().isEmpty();
  }

  private CatalogObject object(ObjectId id) {
    CatalogObject object = objects.get(id);
    if (object == null) {
      throw new IllegalStateException("no object " + id);
    }
    return object;
  }

  private Set<ObjectId> needsOf(ObjectId id) {
    return needs.getOrDefault(id, Set.of());
  }

  /** The work on one section. */
  private final class Loading {
    private final Section section;
    private final Set<ObjectId> open = new LinkedHashSet<>();
    private final Map<ObjectId, Set<ObjectId>> missing = new HashMap<>();
    private final PriorityQueue<CatalogObject> ready = new PriorityQueue<>(BY_KIND);

    /** Stand-ins made in order to break a circle, whose own statement is still to come. */
    private final Set<ObjectId> declared = new HashSet<>();

    Loading(Section section) {
      this.section = section;
      boolean rowsAreThere = section == Section.POST_DATA;
      for (ObjectId id : objects.keySet()) {
        if (late.contains(id) == rowsAreThere || doubles.contains(id)) {
          open.add(id);
        }
      }
    }

    void run() {
      for (ObjectId id : open) {
        Set<ObjectId> waitsFor = new LinkedHashSet<>(needsOf(id));
        waitsFor.removeIf(other -> !open.contains(other) || isThere(other));
        waitsFor.removeIf(other -> isDouble(id) && late.contains(other));
        missing.put(id, waitsFor);
        if (waitsFor.isEmpty()) {
          ready.add(object(id));
        }
      }
      while (!open.isEmpty()) {
        CatalogObject next = ready.poll();
        if (next == null) {
          breakCircle();
        } else if (open.remove(next.id())) {
          boolean replaces = declared.contains(next.id()) || isThere(next.id());
          steps.add(new Step(next, section, isDouble(next.id()), replaces));
          neededBy.getOrDefault(next.id(), List.of()).forEach(id -> release(id, next.id()));
        }
      }
    }

    /** Whether only a stand-in of the object is made in this section. */
    private boolean isDouble(ObjectId id) {
      return section == Section.PRE_DATA && doubles.contains(id);
    }

    /** Whether the object, or its stand-in, comes from the section before. */
    private boolean isThere(ObjectId id) {
      return section == Section.POST_DATA && doubles.contains(id);
    }

    private void release(ObjectId waiting, ObjectId made) {
      Set<ObjectId> waitsFor = missing.get(waiting);
      if (waitsFor != null && waitsFor.remove(made) && waitsFor.isEmpty()) {
        ready.add(object(waiting));
      }
    }

    /**
     * Follows needs until an object comes round again, and makes a stand-in for one of that circle:
     * it serves those objects that the real one needs, while all others wait for the real one.
     */
    private void breakCircle() {
      List<ObjectId> path = new ArrayList<>();
      ObjectId current = open.iterator().next();
      while (!path.contains(current)) {
        path.add(current);
        current = missing.getOrDefault(current, Set.of()).iterator().next();
      }
      List<CatalogObject> circle =
          path.subList(path.indexOf(current), path.size()).stream()
              .map(DependencyOrder.this::object)
              .sorted(BY_KIND)
              .toList();
      CatalogObject chosen =
          circle.stream()
              .filter(object -> hasPlaceholder(object.id()) && !declared.contains(object.id()))
              .findFirst()
              .orElse(circle.getFirst());
      if (hasPlaceholder(chosen.id()) && declared.add(chosen.id())) {
        steps.add(new Step(chosen, section, true, false));
        waitedForBy(chosen.id()).forEach(id -> release(id, chosen.id()));
      } else {
        missing.getOrDefault(chosen.id(), Set.of()).clear();
        ready.add(chosen);
      }
    }

    /** What {@code id} waits for, directly or through others. */
    private Set<ObjectId> waitedForBy(ObjectId id) {
      Set<ObjectId> reached = new LinkedHashSet<>();
      List<ObjectId> unseen = new ArrayList<>(List.of(id));
      while (!unseen.isEmpty()) {
        for (ObjectId other : missing.getOrDefault(unseen.removeLast(), Set.of())) {
          if (reached.add(other)) {
            unseen.add(other);
          }
        }
      }
      return reached;
    }
  }
}

package dev.coffer.postgres.catalog;

import dev.coffer.model.SchemaStatement.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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

  private final Map<ObjectId, CatalogObject> objects = new HashMap<>();
  private final Map<ObjectId, Set<ObjectId>> needs;
  private final Map<ObjectId, List<ObjectId>> neededBy = new HashMap<>();
  private final Set<ObjectId> late = new HashSet<>();
  private final Set<ObjectId> standIns = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();

  private DependencyOrder(Collection<CatalogObject> all, Map<ObjectId, Set<ObjectId>> needs) {
    all.forEach(object -> objects.put(object.id(), object));
    this.needs = needs;
    needs.forEach((id, own) ->
        own.forEach(other -> neededBy.computeIfAbsent(other, key -> new ArrayList<>()).add(id)));
  }

  static List<Step> sort(Collection<CatalogObject> all, Map<ObjectId, Set<ObjectId>> needs) {
    DependencyOrder order = new DependencyOrder(all, needs);
    order.postpone();
    order.load(Section.PRE_DATA);
    order.load(Section.POST_DATA);
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
        if (late.add(id) && !hasPlaceholder(id)) {
          open.add(id);
        }
      }
    }
    for (ObjectId id : late) {
      if (hasPlaceholder(id)) {
        standIns.add(id);
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

  private void load(Section section) {
    Map<ObjectId, Integer> missing = new HashMap<>();
    PriorityQueue<CatalogObject> ready = new PriorityQueue<>(BY_KIND);
    Set<ObjectId> open = new LinkedHashSet<>();
    Set<ObjectId> partly = new HashSet<>();
    objects.values().stream()
        .sorted(BY_KIND)
        .map(CatalogObject::id)
        .filter(id ->
            late.contains(id) == (section == Section.POST_DATA) || isEarlyStandIn(id, section))
        .forEach(open::add);
    for (ObjectId id : open) {
      int count = 0;
      for (ObjectId other : needsOf(id)) {
        boolean postponed = isEarlyStandIn(id, section) && late.contains(other);
        count += open.contains(other) && !postponed && !isDoneByStandIn(other, section) ? 1 : 0;
      }
      missing.put(id, count);
      if (count == 0) {
        ready.add(object(id));
      }
    }
    while (!open.isEmpty()) {
      CatalogObject next = ready.poll();
      boolean standIn = false;
      if (next == null) {
        next = breakCycle(open, partly);
        standIn = hasPlaceholder(next.id()) && !partly.contains(next.id());
      } else if (!open.contains(next.id())) {
        continue;
      }
      boolean early = isEarlyStandIn(next.id(), section);
      boolean replaces =
          partly.contains(next.id())
              || (section == Section.POST_DATA && standIns.contains(next.id()));
      steps.add(new Step(next, section, standIn || early, replaces));
      if (!standIn) {
        open.remove(next.id());
      }
      if (standIn) {
        partly.add(next.id());
      }
      if (standIn || !replaces) {
        release(next.id(), missing, ready);
      }
    }
  }

  private void release(
      ObjectId id, Map<ObjectId, Integer> missing, PriorityQueue<CatalogObject> ready) {
    for (ObjectId other : neededBy.getOrDefault(id, List.of())) {
      Integer count = missing.computeIfPresent(other, (key, value) -> value - 1);
      if (count != null && count == 0) {
        ready.add(object(other));
      }
    }
  }

  private boolean isEarlyStandIn(ObjectId id, Section section) {
    return section == Section.PRE_DATA && standIns.contains(id);
  }

  private boolean isDoneByStandIn(ObjectId id, Section section) {
    return section == Section.POST_DATA && standIns.contains(id);
  }

  private Set<ObjectId> needsOf(ObjectId id) {
    return needs.getOrDefault(id, Set.of());
  }

  /** Follows needs until an object comes round again, and picks where to cut that circle. */
  private CatalogObject breakCycle(Set<ObjectId> open, Set<ObjectId> partly) {
    List<ObjectId> path = new ArrayList<>();
    ObjectId current = open.iterator().next();
    while (!path.contains(current)) {
      path.add(current);
      ObjectId from = current;
      current =
          needsOf(from).stream()
              .filter(other -> open.contains(other) && !partly.contains(other))
              .findFirst()
              .orElse(from);
    }
    List<CatalogObject> circle =
        path.subList(path.indexOf(current), path.size()).stream().map(this::object).toList();
    return circle.stream()
        .filter(object -> !object.placeholder().isEmpty() && !partly.contains(object.id()))
        .min(BY_KIND)
        .orElseGet(() -> circle.stream().min(BY_KIND).orElseThrow());
  }
}

package dev.coffer.restore.apply;

import dev.coffer.loading.RoleGuard;
import dev.coffer.loading.SqlStatements;
import dev.coffer.model.SchemaStatement;
import dev.coffer.postgres.write.LargeObjectPages;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What large objects have beside their contents: an owner, privileges, and a comment. A backup has
 * them as statements, many objects' in one, of which those run that are about objects made anew.
 */
final class LargeObjectTraits {
  private static final int MOST_NAMED = 5;

  private static final Pattern OWNER =
      Pattern.compile("ALTER LARGE OBJECT (\\d{1,10}) OWNER TO (.*);", Pattern.DOTALL);
  private static final Pattern COMMENT =
      Pattern.compile("COMMENT ON LARGE OBJECT (\\d{1,10}) IS .*", Pattern.DOTALL);
  private static final Pattern PRIVILEGES = Pattern.compile("LARGE OBJECT (\\d{1,10})");

  /** In the order in which they can be given: an object that is another's takes no comment. */
  private enum Trait {
    COMMENT("comment"),
    OWNER("owner"),
    PRIVILEGES("privileges");

    private final String word;

    Trait(String word) {
      this.word = word;
    }
  }

  private final LargeObjectPages pages;
  private final SortedSet<Long> created;
  private final Map<Trait, SortedMap<Long, List<String>>> wanted = new EnumMap<>(Trait.class);
  private final SortedSet<Long> known = new TreeSet<>();
  private final Map<String, SortedSet<Long>> lacking = new LinkedHashMap<>();

  LargeObjectTraits(LargeObjectPages pages, SortedSet<Long> created) {
    this.pages = pages;
    this.created = created;
    for (Trait trait : Trait.values()) {
      wanted.put(trait, new TreeMap<>());
    }
  }

  /**
   * Gives the objects what a backup's statements say.
   *
   * @return what could not be given, for people
   */
  List<String> give(List<SchemaStatement> statements) {
    if (created.isEmpty()) {
      return List.of();
    }
    String creator = pages.creator();
    statements.forEach(statement -> want(statement, creator));
    SortedSet<Long> untold = new TreeSet<>(created);
    untold.removeAll(known);
    untold.forEach(oid -> lacks(oid, "what they had is not in the backup"));
    leaveOutTooMany();
    pages.hearWarnings();
    pages.withoutDefaults(created);
    wanted.forEach((trait, objects) ->
        objects.forEach((oid, parts) ->
            parts.stream()
                .flatMap(sql -> pages.attempt(sql).stream())
                .distinct()
                .forEach(warning -> lacks(oid, trait.word + ": " + warning))));
    return lacking.entrySet().stream()
        .map(entry ->
            "Large objects that were made anew lack their owner, privileges or comment (%s): %s."
                .formatted(entry.getKey(), named(entry.getValue())))
        .toList();
  }

  private void want(SchemaStatement statement, String creator) {
    String name = statement.name();
    if (statement.kind().equals("ACL")) {
      Matcher about = PRIVILEGES.matcher(name);
      if (about.matches() && created.contains(Long.valueOf(about.group(1)))) {
        want(Trait.PRIVILEGES, Long.parseLong(about.group(1)), statement);
      }
      return;
    }
    if (!name.startsWith("large objects ")) {
      return;
    }
    for (String sql : SqlStatements.split(statement.sql())) {
      Matcher owner = OWNER.matcher(sql);
      Matcher comment = COMMENT.matcher(sql);
      if (owner.matches() && created.contains(Long.valueOf(owner.group(1)))) {
        long oid = Long.parseLong(owner.group(1));
        known.add(oid);
        if (!owner.group(2).equals(creator)) {
          want(Trait.OWNER, oid, one(statement, sql));
        }
      } else if (comment.matches() && created.contains(Long.valueOf(comment.group(1)))) {
        want(Trait.COMMENT, Long.parseLong(comment.group(1)), one(statement, sql));
      }
    }
  }

  private static SchemaStatement one(SchemaStatement of, String sql) {
    return new SchemaStatement(of.section(), of.kind(), of.name(), sql);
  }

  private void want(Trait trait, long oid, SchemaStatement statement) {
    wanted(trait).put(oid, RoleGuard.statements(statement));
  }

  /** Owners and comments take locks, which other sessions need too. */
  private void leaveOutTooMany() {
    SortedSet<Long> locked = new TreeSet<>(wanted(Trait.COMMENT).keySet());
    locked.addAll(wanted(Trait.OWNER).keySet());
    locked.stream()
        .skip(pages.lockable())
        .toList()
        .forEach(oid -> {
          wanted.values().forEach(objects -> objects.remove(oid));
          lacks(oid, "more than max_locks_per_transaction has room for");
        });
  }

  private SortedMap<Long, List<String>> wanted(Trait trait) {
    return wanted.getOrDefault(trait, new TreeMap<>());
  }

  private void lacks(long oid, String why) {
    lacking.computeIfAbsent(why, any -> new TreeSet<>()).add(oid);
  }

  private static String named(SortedSet<Long> oids) {
    String first =
        oids.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return oids.size() > MOST_NAMED
        ? first + " and " + (oids.size() - MOST_NAMED) + " more"
        : first;
  }
}

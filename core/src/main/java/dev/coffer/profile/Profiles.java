package dev.coffer.profile;

import static java.util.Comparator.comparingInt;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the profile that fits a database. */
public final class Profiles {

  private Profiles() {}

  /**
   * The most specific of the profiles that recognise the tables: the one that asks for more tables,
   * then the one that knows more of those present, then the first by name. {@link Profile#NEUTRAL}
   * where none does.
   */
  public static Profile choose(List<Profile> profiles, List<Table> present) {
    return choose(profiles, present.stream().map(Table::name).collect(Collectors.toSet()));
  }

  /** The same by the tables' names alone. */
  public static Profile choose(List<Profile> profiles, Set<QualifiedName> present) {
    Comparator<Profile> bySpecificity =
        comparingInt((Profile profile) -> profile.recognisedBy().size())
            .thenComparingLong(profile -> known(profile, present))
            .thenComparing(Profile::name, Comparator.reverseOrder());
    return profiles.stream()
        .filter(profile -> profile.recognises(present))
        .max(bySpecificity)
        .orElse(Profile.NEUTRAL);
  }

  private static long known(Profile profile, Set<QualifiedName> present) {
    return present.stream().filter(profile.tables()::containsKey).count();
  }
}

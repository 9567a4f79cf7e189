package dev.coffer.compare;

/** The kinds of a {@link Change}. */
public enum ChangeKind {
  ADDED,
  REMOVED,
  CHANGED;

  public static ChangeKind of(Change change) {
    return switch (change) {
      case Change.Added _ -> ADDED;
      case Change.Removed _ -> REMOVED;
      case Change.Changed _ -> CHANGED;
    };
  }
}

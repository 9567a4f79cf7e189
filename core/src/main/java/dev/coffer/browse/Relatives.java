package dev.coffer.browse;

import java.util.List;

/**
 * All that a row is related to.
 *
 * @param above what it points to
 * @param below what points to it; of each table that could hold some
 */
public record Relatives(List<Related> above, List<Related> below) {
  public Relatives {
    above = List.copyOf(above);
    below = List.copyOf(below);
  }
}

package dev.coffer.compare;

import java.io.IOException;

/** Takes the differences of one table as a {@link ChangeLog} gives them again. */
@FunctionalInterface
public interface ChangeVisitor {
  void change(Change change) throws IOException;
}

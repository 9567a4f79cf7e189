package dev.coffer.store;

import java.nio.file.Path;

/** Begins a file in the folder named, says so, and waits until its input ends or it is killed. */
public final class LockHolder {
  private LockHolder() {}

  public static void main(String[] folder) throws Exception {
    try (PendingFile pending = LocalStore.at(Path.of(folder[0])).create("kind/held.json")) {
      pending.content().write(new byte[100]);
      pending.scratch();
      System.out.println("holding");
      System.in.read();
    }
  }
}

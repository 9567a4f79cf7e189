package dev.coffer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  private static final int READINGS = 50;

  @TempDir Path parent;

  @Test
  void leftoversGoAndWhatIsInUseStays() throws IOException {
    Path left = Files.createDirectory(parent.resolve("coffer-scratch-1"));
    Files.writeString(left.resolve(".lock"), "");
    Files.writeString(left.resolve("rows"), "left behind");
    Path foreign = Files.createDirectory(parent.resolve("coffer-scratch-2"));

    try (ScratchFolder used = ScratchFolder.in(parent)) {
      ScratchFolder.removeLeftovers(parent);
      assertThat(left).doesNotExist();
      assertThat(foreign).as("has no lock: it is being made").exists();
      assertThat(used.path()).exists();
      assertThat(isLocked(used)).as("locked for other processes still").isTrue();
    }
    assertThat(parent).isDirectoryNotContaining(path -> !path.equals(foreign));
  }

  @Test
  void nobodyTakesAnothersThatIsBeingMade() throws Exception {
    List<Callable<Boolean>> runs =
        Collections.nCopies(
            200,
            () -> {
              try (ScratchFolder folder = ScratchFolder.in(parent)) {
                return isLocked(folder);
              }
            });
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> run : threads.invokeAll(runs)) {
        assertThat(run.get()).isTrue();
      }
    }
    assertThat(parent).isEmptyDirectory();
  }

  /**
   * As the system tells it: this process itself cannot ask without letting go of the lock. The list
   * is read in pieces, and one that is let go of meanwhile hides another; one that is not held
   * stands in none.
   */
  private static boolean isLocked(ScratchFolder folder) throws IOException {
    Object inode = Files.getAttribute(folder.path().resolve(".lock"), "unix:ino");
    for (int time = 0; time < READINGS; time++) {
      boolean found =
          Files.readString(Path.of("/proc/locks"))
              .lines()
              .anyMatch(line -> line.contains(":" + inode + " "));
      if (found) {
        return true;
      }
    }
    return false;
  }
}

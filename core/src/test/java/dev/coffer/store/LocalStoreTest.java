package dev.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.verify.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStoreTest {
  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aFileAppearsWhenItIsPublishedAndNotBefore() throws IOException {
    try (PendingFile pending = LocalStore.at(folder).create("kind/one.json")) {
      pending.content().write(new byte[] {1, 2, 3});
      pending.scratch();
      assertThat(files())
          .containsExactly("kind/.one.json.partial", "kind/.one.json.scratch.partial");
      Path file = pending.publish();
      assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(files()).containsExactly("kind/one.json");
  }

  @Test
  void whatIsNotPublishedLeavesNothing() throws IOException {
    try (PendingFile pending = LocalStore.at(folder).create("kind/one.json")) {
      pending.content().write(1);
      pending.scratch();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void publishingNeverReplaces() throws IOException {
    Path file = folder.resolve("kind/one.json");
    try (PendingFile pending = LocalStore.at(folder).create("kind/one.json")) {
      pending.content().write(1);
      Files.writeString(file, "another's");
      assertThatThrownBy(pending::publish).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(files()).containsExactly("kind/one.json");
    assertThat(file).hasContent("another's");
    assertThatThrownBy(() -> LocalStore.at(folder).create("kind/one.json"))
        .isInstanceOfSatisfying(
            CofferException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_EXISTS));
  }

  @Test
  void theSameNameTwiceAtOnceIsRefused() throws IOException {
    try (PendingFile first = LocalStore.at(folder).create("kind/one.json")) {
      first.content().write(1);
      assertThatThrownBy(() -> LocalStore.at(folder).create("kind/one.json"))
          .isInstanceOf(CofferException.class);
      first.publish();
    }
    assertThat(files()).containsExactly("kind/one.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../one.json", "kind/../../one.json", "..", ".", "", "/etc/one.json"})
  void namesOutsideAreRefused(String name) throws IOException {
    Path store = Files.createDirectory(folder.resolve("store"));
    assertThatThrownBy(() -> LocalStore.at(store).create(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void leftoversOfTheDeadGoAndThoseOfTheLivingStay() throws Exception {
    Files.createDirectory(folder.resolve("kind"));
    Process child =
        new ProcessBuilder(
                ChildJvm.command(List.of(), LockHolder.class, List.of(folder.toString())))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("holding");
      Files.writeString(folder.resolve("kind/.dead.json.partial"), "x");
      Files.writeString(folder.resolve("kind/.dead.json.scratch.partial"), "x");
      Files.writeString(folder.resolve("kind/.other"), "x");
      assertThat(LocalStore.at(folder).removeLeftovers()).isEqualTo(2);
      assertThat(files())
          .containsExactly(
              "kind/.held.json.partial", "kind/.held.json.scratch.partial", "kind/.other");
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(LocalStore.at(folder).removeLeftovers()).isEqualTo(2);
    assertThat(files()).containsExactly("kind/.other");
  }

  @Test
  void ownWorkUnderWayIsNoLeftover() throws IOException {
    try (PendingFile pending = LocalStore.at(folder).create("kind/one.json")) {
      pending.content().write(1);
      assertThat(LocalStore.at(folder).removeLeftovers()).isZero();
      assertThat(pending.publish()).exists();
    }
  }

  /** Killed after the file got its name, before the other one was taken away. */
  @Test
  void aNameLeftBehindWhilePublishingIsCleanedUp() throws IOException {
    Path file = Files.createDirectory(folder.resolve("kind")).resolve("one.json");
    Files.writeString(folder.resolve("kind/.one.json.partial"), "whole");
    Files.createLink(file, folder.resolve("kind/.one.json.partial"));
    assertThat(LocalStore.at(folder).removeLeftovers()).isEqualTo(1);
    assertThat(files()).containsExactly("kind/one.json");
    assertThat(file).hasContent("whole");
  }

  @Test
  void whatIsNoLeftoverDoesNotStopTheNextRun() throws IOException {
    Files.createDirectories(folder.resolve("kind/.folder.partial"));
    Files.createSymbolicLink(folder.resolve("kind/.link.partial"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("again"), folder);
    assertThat(LocalStore.at(folder).removeLeftovers()).isZero();
    assertThat(folder.resolve("kind/.folder.partial")).isDirectory();
  }

  @Test
  void placesThatAreNoFoldersAreRefused() throws IOException {
    assertThatThrownBy(() -> LocalStore.at(folder.resolve("missing")))
        .isInstanceOfSatisfying(
            CofferException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_MISSING));
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> LocalStore.at(file))
        .isInstanceOfSatisfying(
            CofferException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE));
  }
}

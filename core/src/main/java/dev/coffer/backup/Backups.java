package dev.coffer.backup;

import dev.coffer.archive.ArchiveWriter;
import dev.coffer.archive.BackupFile;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.progress.Progress;
import dev.coffer.seal.AgeFile;
import dev.coffer.seal.BackupKey;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.SigningKey;
import dev.coffer.store.LocalStore;
import dev.coffer.store.PendingFile;
import dev.coffer.store.Store;
import dev.coffer.store.StoreFailures;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Takes backups: one snapshot, one pass, one file that appears when it is complete. A run may be
 * ended by interrupting its thread; it then leaves nothing behind.
 */
public final class Backups {
  private static final int BUFFER = 1 << 16;
  private static final int ATTEMPTS = 5;

  /** Milliseconds, doubled with each attempt. */
  private static final long FIRST_PAUSE = 20;

  private Backups() {}

  /**
   * Takes a backup of the whole database or, for the kind {@code sales}, of the profile's part of
   * it.
   *
   * @throws CofferException when there is no backup; the code says why
   */
  public static BackupResult take(BackupRequest request, Progress progress) {
    return take(request, LocalStore.at(request.root()), progress);
  }

  static BackupResult take(BackupRequest request, Store store, Progress progress) {
    String reason = Reasons.check(request.kind(), request.reason());
    return Cancellable.call("no backup was made", () -> take(request, reason, store, progress));
  }

  private static BackupResult take(
      BackupRequest request, String reason, Store store, Progress progress)
      throws InterruptedException {
    Notices notices = new Notices(progress);
    try {
      int leftovers = store.removeLeftovers();
      if (leftovers > 0) {
        notices.add("Removed " + leftovers + " file(s) that a killed run had left behind.");
      }
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, request.root());
    }
    for (int attempt = 1; ; attempt++) {
      progress.stage("connecting");
      try (SharedSnapshot snapshot =
          SharedSnapshot.open(request.database(), request.connections(), request.timeouts())) {
        prepareKeys(request.keys(), notices);
        progress.stage("reading the catalog");
        Optional<Subject> subject = subject(request, snapshot, attempt);
        if (subject.isPresent()) {
          Optional<BackupResult> result =
              write(request, reason, store, snapshot, subject.get(), notices, progress, attempt);
          if (result.isPresent()) {
            return result.get();
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE << attempt);
    }
  }

  /**
   * Empty if something went away between the snapshot and the questions about it, which the server
   * answers from the present: a later snapshot does not have it.
   */
  private static Optional<Subject> subject(
      BackupRequest request, SharedSnapshot snapshot, int attempt) {
    try {
      return Optional.of(Subject.read(request, snapshot));
    } catch (CofferException failure) {
      if (failure.code() != ErrorCode.DATABASE_CHANGED || attempt == ATTEMPTS) {
        throw failure;
      }
      return Optional.empty();
    }
  }

  private static void prepareKeys(KeyHome keys, Notices notices) {
    if (keys.recipients().isEmpty() || !keys.hasSigningKey()) {
      KeyHome.Generated generated = keys.generate();
      for (Path created : generated.created()) {
        notices.add("Created " + created);
      }
      if (generated.created().contains(keys.identityFile())) {
        notices.add(
            "The identity in "
                + keys.identityFile()
                + " alone opens the sealed passwords and bank details. Move it to a safe place"
                + " away from this machine, and keep a copy: without it they are lost.");
      }
    }
  }

  /** Empty if another backup has the name already, which is that of the millisecond. */
  private static Optional<PendingFile> begin(Store store, String name, Path goal, int attempt) {
    try {
      return Optional.of(store.create(name));
    } catch (CofferException failure) {
      if (failure.code() != ErrorCode.TARGET_EXISTS || attempt == ATTEMPTS) {
        throw failure;
      }
      return Optional.empty();
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, goal);
    }
  }

  private static Optional<BackupResult> write(
      BackupRequest request,
      String reason,
      Store store,
      SharedSnapshot snapshot,
      Subject subject,
      Notices notices,
      Progress progress,
      int attempt)
      throws InterruptedException {
    SigningKey signingKey = request.keys().signingKey();
    Optional<BackupKey> backupKey =
        subject.sealsAnything()
            ? Optional.of(BackupKey.create(request.keys().recipients()))
            : Optional.empty();
    SharedSnapshot.Description source = snapshot.description();
    BackupHeader header = header(request, reason, subject, source, backupKey);
    boolean encrypted = !request.encryptTo().isEmpty();
    String name =
        BackupFile.name(
            request.kind(), header.timestamp(), request.safety(), request.compression(), encrypted);
    Path goal = request.root().resolve(name);
    Optional<PendingFile> begun = begin(store, name, goal, attempt);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    subject.notices().forEach(notices::add);
    Optional<BackupResult> published = Optional.empty();
    try (PendingFile pending = begun.get()) {
      BackupMetadata metadata;
      try (OutputStream content = content(request, pending);
          ArchiveWriter archive = new ArchiveWriter(content, request.compression())) {
        archive.header(header);
        SealedSpill spill = new SealedSpill(pending);
        TableReadings readings =
            TableReadings.read(
                request, snapshot, subject, archive, spill, backupKey, signingKey, progress);
        progress.stage("writing metadata");
        archive.beginSealed();
        spill.drainTo(archive);
        archive.endSealed();
        metadata = readings.metadata(archive, snapshot);
        archive.finish(metadata, signingKey);
      }
      Path file = pending.publish();
      long size = Files.size(file);
      published =
          Optional.of(
              new BackupResult(
                  file, size, BackupFile.info(file, size, header, metadata), notices.all()));
    } catch (IOException failure) {
      if (published.isEmpty()) {
        throw StoreFailures.translate(failure, goal);
      }
      // The backup lies there, whole and durable; what could not be cleared away, the next run can.
    }
    return published;
  }

  private static OutputStream content(BackupRequest request, PendingFile pending)
      throws IOException {
    OutputStream content = new BufferedOutputStream(pending.content(), BUFFER);
    return request.encryptTo().isEmpty()
        ? content
        : AgeFile.encrypting(content, request.encryptTo());
  }

  private static BackupHeader header(
      BackupRequest request,
      String reason,
      Subject subject,
      SharedSnapshot.Description source,
      Optional<BackupKey> backupKey) {
    Base64.Encoder base64 = Base64.getEncoder();
    return new BackupHeader(
        source.timestamp(),
        request.kind(),
        request.createdBy(),
        reason,
        new BackupHeader.Source(
            "PostgreSQL " + source.version().text(),
            source.version().number(),
            source.database(),
            source.encoding(),
            source.id(),
            request.cofferVersion(),
            subject.profile().name(),
            source.standby(),
            source.origin()),
        backupKey.map(key ->
            new BackupHeader.Sealing(
                key.recipients(), key.key(), base64.encodeToString(key.wrappedIdentity()))),
        subject.schema());
  }

  /** Collects what a person should read, and tells it at once. */
  private static final class Notices {
    private final List<String> texts = new ArrayList<>();
    private final Progress progress;

    Notices(Progress progress) {
      this.progress = progress;
    }

    void add(String text) {
      texts.add(text);
      progress.notice(text);
    }

    List<String> all() {
      return texts;
    }
  }
}

package dev.coffer.restore.rebuild;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.bytes.ByteSink;
import dev.coffer.restore.rebuild.DecodedChunk.Piece;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks ahead of the connection that loads them: a few threads decode, one consumer takes
 * the results in order. What is decoded and not yet taken stays within a budget. A chunk's share of
 * it is acquired in the order of the chunks, so the one that the consumer waits for never waits
 * itself.
 */
final class ChunkFeed implements AutoCloseable {
  private static final int FIRST_BYTES = 1 << 20;
  private static final int KEEP = 4 << 20;

  private final OpenedBackup backup;
  private final List<Piece> pieces;
  private final CopyFormats formats;
  private final int most;
  private final Semaphore budget;
  private final ExecutorService threads;
  private final Object claims = new Object();
  private final Map<Integer, CompletableFuture<DecodedChunk>> slots = new ConcurrentHashMap<>();
  private final Queue<ByteSink> free = new ConcurrentLinkedQueue<>();
  private int claimed;
  private int taken;
  private @Nullable DecodedChunk current;

  /**
   * @param budget bytes of the document that may be decoded ahead
   */
  ChunkFeed(OpenedBackup backup, List<Piece> pieces, CopyFormats formats, int threads, int budget) {
    this.backup = backup;
    this.pieces = pieces;
    this.formats = formats;
    most = budget;
    this.budget = new Semaphore(budget);
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("coffer-decoder-", 0).daemon().factory());
    for (int i = 0; i < Math.min(threads, pieces.size()); i++) {
      this.threads.execute(this::work);
    }
  }

  private void work() {
    OpenedBackup own = null;
    try {
      for (int place = claim(); place < pieces.size(); place = claim()) {
        CompletableFuture<DecodedChunk> slot = slot(place);
        try {
          own = own == null ? backup.again() : own;
          slot.complete(decode(own, pieces.get(place)));
        } catch (Throwable failure) {
          slot.completeExceptionally(failure);
          return;
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      if (own != null) {
        own.close();
      }
    }
  }

  private int claim() throws InterruptedException {
    synchronized (claims) {
      if (claimed < pieces.size()) {
        budget.acquire(share(pieces.get(claimed)));
      }
      return claimed++;
    }
  }

  private int share(Piece piece) {
    return (int) Math.min(most, backup.metadata().chunks().get(piece.place()).bytes());
  }

  private CompletableFuture<DecodedChunk> slot(int place) {
    return slots.computeIfAbsent(place, any -> new CompletableFuture<>());
  }

  private DecodedChunk decode(OpenedBackup own, Piece piece) throws Exception {
    ByteSink text = Objects.requireNonNullElseGet(free.poll(), () -> new ByteSink(FIRST_BYTES));
    return DecodedChunk.read(own, piece, formats.writer(piece.table()), text);
  }

  /**
   * The next chunk, when it is decoded; the one before is the feed's again.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED} and others of reading
   */
  DecodedChunk next() throws InterruptedException {
    giveBack();
    int place = taken++;
    try {
      DecodedChunk chunk = slot(place).get();
      slots.remove(place);
      current = chunk;
      return chunk;
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException told -> throw told;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }

  private void giveBack() {
    if (current != null) {
      ByteSink text = current.text();
      text.clear(KEEP);
      free.add(text);
      budget.release(share(current.piece()));
      current = null;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

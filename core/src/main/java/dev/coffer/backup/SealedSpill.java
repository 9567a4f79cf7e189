package dev.coffer.backup;

import dev.coffer.archive.ArchiveWriter;
import dev.coffer.store.PendingFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Keeps sealed values until the last table is written, since they follow the tables in the
 * document. What reaches the disk is encrypted already. Not thread-safe.
 */
final class SealedSpill {
  private static final int BUFFER = 1 << 16;
  private final PendingFile file;
  private Optional<DataOutputStream> output = Optional.empty();
  private int count;

  SealedSpill(PendingFile file) {
    this.file = file;
  }

  void add(String table, int chunk, long rows, byte[] ageFile) throws IOException {
    if (output.isEmpty()) {
      output =
          Optional.of(
              new DataOutputStream(
                  new BufferedOutputStream(Channels.newOutputStream(file.scratch()), BUFFER)));
    }
    DataOutputStream open = output.get();
    open.writeUTF(table);
    open.writeInt(chunk);
    open.writeLong(rows);
    open.writeInt(ageFile.length);
    open.write(ageFile);
    count++;
  }

  /** Moves everything into the document. */
  void drainTo(ArchiveWriter archive) throws IOException {
    if (output.isEmpty()) {
      return;
    }
    output.get().flush();
    FileChannel channel = file.scratch();
    channel.position(0);
    DataInputStream input =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
    for (int i = 0; i < count; i++) {
      String table = input.readUTF();
      int chunk = input.readInt();
      long rows = input.readLong();
      byte[] ageFile = input.readNBytes(input.readInt());
      archive.sealed(table, chunk, rows, ageFile);
    }
  }
}

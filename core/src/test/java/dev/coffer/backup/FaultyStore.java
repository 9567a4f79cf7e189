package dev.coffer.backup;

import dev.coffer.store.PendingFile;
import dev.coffer.store.Store;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A store on a disk that fails at one call and works again afterwards. */
final class FaultyStore implements Store {
  private final Store store;
  private final AtomicInteger left;
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * @param failing the call that fails, from 1
   */
  FaultyStore(Store store, int failing) {
    this.store = store;
    left = new AtomicInteger(failing);
  }

  /** How many calls there were. */
  int calls() {
    return calls.get();
  }

  private void call() throws IOException {
    calls.incrementAndGet();
    if (left.decrementAndGet() == 0) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public PendingFile create(String name) throws IOException {
    call();
    return new Pending(store.create(name));
  }

  @Override
  public int removeLeftovers() throws IOException {
    call();
    return store.removeLeftovers();
  }

  private final class Pending implements PendingFile {
    private final PendingFile pending;

    Pending(PendingFile pending) {
      this.pending = pending;
    }

    @Override
    public OutputStream content() {
      return new FilterOutputStream(pending.content()) {
        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
          call();
          out.write(bytes, offset, count);
        }

        @Override
        public void flush() throws IOException {
          call();
          out.flush();
        }
      };
    }

    @Override
    public FileChannel scratch() throws IOException {
      call();
      return new Scratch(pending.scratch());
    }

    @Override
    public Path publish() throws IOException {
      call();
      return pending.publish();
    }

    @Override
    public void close() throws IOException {
      pending.close();
      call();
    }
  }

  /** A channel whose reads and writes are counted. */
  private final class Scratch extends FileChannel {
    private final FileChannel channel;

    Scratch(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      call();
      return channel.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
      call();
      return channel.read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      call();
      return channel.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      call();
      return channel.write(sources, offset, length);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      call();
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      call();
      channel.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      call();
      channel.force(metadata);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      call();
      return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
        throws IOException {
      call();
      return channel.transferFrom(source, position, count);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      call();
      return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      call();
      return channel.write(source, position);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      call();
      return channel.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }
  }
}

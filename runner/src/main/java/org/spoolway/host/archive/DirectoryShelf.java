package org.spoolway.host.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.spoolway.durable.Checksum;
import org.spoolway.problem.ProblemException;
import org.spoolway.wording.TransferSize;

/**
 * A directory of this host. A file is told from another of its name by its inode, size and times.
 */
final class DirectoryShelf implements Shelf {

  /** A signature or notes that are longer are none. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int BUFFER = 1 << 18;
  private static final double PERCENT = 0.01;

  private final Path directory;
  private final long longest;

  /**
   * Looks at nothing yet.
   *
   * @param longest how many bytes a file may have that is brought
   */
  DirectoryShelf(Path directory, long longest) {
    this.directory = directory;
    this.longest = longest;
  }

  @Override
  public Map<String, String> files(Web.Errand errand) throws ProblemException {
    Ownership.requireOwn(errand.action(), directory);
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        identityNow(path).ifPresent(it -> files.put(path.getFileName().toString(), it));
      }
    } catch (IOException e) {
      throw Problems.unread(errand.action(), e);
    }
    return files;
  }

  /** Empty for what is no file, or none any more. */
  private static Optional<String> identityNow(Path path) throws IOException {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(identity(path))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private static String identity(Path file) throws IOException {
    Map<String, Object> inode =
        Files.readAttributes(
            file, "unix:dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
    MessageDigest digest = Checksum.digest();
    digest.update(new TreeMap<>(inode).toString().getBytes(StandardCharsets.UTF_8));
    return Checksum.hex(digest);
  }

  @Override
  public Optional<byte[]> read(String name, Web.Errand errand) throws ProblemException {
    Ownership.requireOwn(errand.action(), directory);
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = opened(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw Problems.unreachable(errand.action(), file + " is longer than 1 MiB");
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw Problems.unread(errand.action(), e);
    }
  }

  @Override
  public Optional<InputStream> open(String name, Web.Errand errand) throws ProblemException {
    Ownership.requireOwn(errand.action(), directory);
    Path file = directory.resolve(name);
    requireShort(file, errand);
    try {
      return Optional.of(opened(file));
    } catch (NoSuchFileException gone) {
      throw Problems.changed(errand.action(), name + " is not there any more");
    } catch (IOException e) {
      throw Problems.unread(errand.action(), e);
    }
  }

  private static InputStream opened(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void bring(String name, String content, Path into, Web.Errand errand)
      throws ProblemException {
    Path file = directory.resolve(name);
    Ownership.requireOwn(errand.action(), directory);
    requireSame(file, content, errand);
    requireShort(file, errand);
    Path part = into.resolveSibling(into.getFileName() + ".part");
    try (InputStream in = opened(file);
        OutputStream out = Files.newOutputStream(part)) {
      copy(in, out, Files.size(file), errand);
    } catch (IOException e) {
      throw Problems.unwritten(errand.action(), e, into.resolveSibling(""));
    }
    requireSame(file, content, errand);
    try {
      Files.move(part, into, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Problems.unwritten(errand.action(), e, into.resolveSibling(""));
    }
  }

  private void requireShort(Path file, Web.Errand errand) throws ProblemException {
    try {
      if (Files.size(file) > longest) {
        throw Problems.tooLong(errand.action(), file.toString(), Files.size(file), longest);
      }
    } catch (NoSuchFileException gone) {
      throw Problems.changed(errand.action(), file + " is not there any more");
    } catch (IOException e) {
      throw Problems.unread(errand.action(), e);
    }
  }

  private static void requireSame(Path file, String content, Web.Errand errand)
      throws ProblemException {
    try {
      Optional<String> now = identityNow(file);
      if (now.isEmpty()) {
        throw Problems.changed(errand.action(), file + " is not there any more");
      } else if (!content.equals(ANYTHING) && !now.get().equals(content)) {
        throw Problems.changed(errand.action(), file + " is another by now");
      }
    } catch (IOException e) {
      throw Problems.unread(errand.action(), e);
    }
  }

  private void copy(InputStream in, OutputStream out, long size, Web.Errand errand)
      throws IOException, ProblemException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    double told = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      errand.interruption().check(errand.action());
      copied += read;
      if (copied > longest) {
        throw Problems.tooLong(errand.action(), "what is copied", copied, longest);
      }
      out.write(buffer, 0, read);
      double fraction = size == 0 ? 1 : Math.min(1.0, (double) copied / size);
      if (fraction - told >= PERCENT) {
        told = fraction;
        errand.progress().at(fraction, TransferSize.of(copied) + " of " + TransferSize.of(size));
      }
    }
  }
}

package org.spoolway.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Interruption;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;

/**
 * The seal of a release: one line per file and link, in the order of their names, as {@code
 * sha256sum --check} reads them.
 *
 * <pre>
 * line = [ "\" ] sha256-hex SP SP name LF    a name is bytes; with the leading backslash, \\ and \n in it
 *                                            stand for a backslash and a line end
 * </pre>
 *
 * A link's hash is that of an arrow and its target, so that a file never passes for it.
 */
public final class Manifest {

  private static final int BUFFER = 1 << 16;
  private static final int SHA256_HEX = 64;

  /** In place of the hash of a device, a pipe or a socket. */
  private static final String SPECIAL = "";

  /** What interpreters put beside the sources that they read, where they may write. */
  private static final Pattern BYTE_CODE = Pattern.compile("(?s)(.*/)?__pycache__/[^/]+\\.pyc");

  private static final Pattern ESCAPE = Pattern.compile("\\\\[\\\\n]");

  private Manifest() {}

  /**
   * Seals a release: everything becomes read-only, then the manifest is written.
   *
   * @param readers the group that can read all of it then; null leaves groups as they are
   * @param interruption heeded while it reads, which may take hours
   * @return how many files and links it names
   * @throws ProblemException {@code INTERRUPTED}; nothing is sealed then
   */
  public static int seal(Path release, @Nullable GroupPrincipal readers, Interruption interruption)
      throws ProblemException, IOException {
    Map<String, String> hashes = hashes(release, interruption);
    for (Map.Entry<String, String> entry : hashes.entrySet()) {
      if (entry.getValue().equals(SPECIAL)) {
        throw new IOException(
            "cannot seal "
                + RawName.in(release, entry.getKey())
                + ": it is neither a file nor a directory nor a link");
      }
    }
    Files.walkFileTree(
        release,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            settle(file, readers);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (!directory.equals(release)) {
              settle(directory, readers);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    StringBuilder lines = new StringBuilder();
    hashes.forEach((name, hash) -> lines.append(line(name, hash)).append('\n'));
    byte[] content = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    DurableFiles.replace(ApplicationDir.manifest(release), content, "r--r--r--");
    settle(release, readers);
    return hashes.size();
  }

  /** Gives one file, link or directory its final group and mode. */
  private static void settle(Path path, @Nullable GroupPrincipal readers) throws IOException {
    if (readers != null) {
      Trees.makeReadable(path, readers);
    }
    if (!Files.isSymbolicLink(path)) {
      Trees.makeReadOnly(path);
    }
  }

  /** How something in a release is other than it was sealed. */
  public enum Kind {
    /** It has another content, or is a link now, or leads elsewhere. */
    CHANGED,
    /** It was not there. */
    ADDED,
    /** It was there. */
    MISSING
  }

  /**
   * Something that is other than it was sealed.
   *
   * @param name in the release, for people
   * @param path where it is, or was
   */
  public record Difference(Kind kind, String name, Path path) {}

  /**
   * Compares a sealed release with its manifest. Byte code that was not sealed is no difference: an
   * application that runs as the owner of its release, which read-only modes do not stop, leaves it
   * there. The seal guards against accidents: whoever can forge byte code here can write the
   * manifest too.
   *
   * @param interruption heeded while it reads, which may take hours
   * @return the manifest first if it is none, then in the order of the names, what is missing last;
   *     empty when all is as sealed
   * @throws ProblemException {@code INTERRUPTED}
   */
  public static List<Difference> differences(Path release, Interruption interruption)
      throws ProblemException, IOException {
    Path manifest = ApplicationDir.manifest(release);
    String content = Files.readString(manifest, StandardCharsets.ISO_8859_1);
    Map<String, String> sealed = new LinkedHashMap<>();
    List<Difference> differences = new ArrayList<>();
    for (String line : content.split("\n", -1)) {
      if (line.indexOf("  ") >= SHA256_HEX) {
        sealed.put(nameOn(line), line);
      } else if (!line.isEmpty() && differences.isEmpty()) {
        differences.add(difference(Kind.CHANGED, release, RawName.of(release, manifest)));
      }
    }
    for (Map.Entry<String, String> entry : hashes(release, interruption).entrySet()) {
      String name = entry.getKey();
      String line = sealed.remove(name);
      if (line == null) {
        if (!BYTE_CODE.matcher(name).matches()) {
          differences.add(difference(Kind.ADDED, release, name));
        }
      } else if (!line.equals(line(name, entry.getValue()))) {
        differences.add(difference(Kind.CHANGED, release, name));
      }
    }
    sealed.keySet().forEach(name -> differences.add(difference(Kind.MISSING, release, name)));
    return differences;
  }

  private static Difference difference(Kind kind, Path release, String name) {
    return new Difference(kind, RawName.printable(name), RawName.in(release, name));
  }

  private static String nameOn(String line) {
    String escaped = line.substring(line.indexOf("  ") + 2);
    return line.startsWith("\\")
        ? ESCAPE.matcher(escaped).replaceAll(e -> e.group().equals("\\n") ? "\n" : "\\\\")
        : escaped;
  }

  private static String line(String name, String hash) {
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n");
    return (escaped.equals(name) ? "" : "\\") + hash + "  " + escaped;
  }

  private static Map<String, String> hashes(Path release, Interruption interruption)
      throws ProblemException, IOException {
    Map<String, String> hashes = new TreeMap<>();
    MessageDigest digest = Checksum.digest();
    byte[] buffer = new byte[BUFFER];
    Path manifest = ApplicationDir.manifest(release);
    Files.walkFileTree(
        release,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(manifest)) {
              hashes.put(
                  RawName.of(release, file), hash(file, attributes, digest, buffer, interruption));
            }
            return interruption.requested() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
    interruption.check("read all of " + release);
    return hashes;
  }

  private static String hash(
      Path file,
      BasicFileAttributes attributes,
      MessageDigest digest,
      byte[] buffer,
      Interruption interruption)
      throws IOException {
    if (attributes.isSymbolicLink()) {
      String arrow = "-> " + RawName.ofTarget(Files.readSymbolicLink(file));
      digest.update(arrow.getBytes(StandardCharsets.ISO_8859_1));
    } else if (attributes.isRegularFile()) {
      update(digest, file, buffer, interruption);
    } else {
      return SPECIAL;
    }
    return Checksum.hex(digest);
  }

  /** A file that it stopped in has a wrong hash, which is of no use to anybody then. */
  private static void update(
      MessageDigest digest, Path file, byte[] buffer, Interruption interruption)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      int n = in.read(buffer);
      while (n >= 0 && !interruption.requested()) {
        digest.update(buffer, 0, n);
        n = in.read(buffer);
      }
    }
  }
}

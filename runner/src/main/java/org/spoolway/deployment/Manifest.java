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
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

  /** What interpreters put beside the sources that they read, where they may write. */
  private static final Pattern BYTE_CODE = Pattern.compile("(?s)(.*/)?__pycache__/[^/]+\\.pyc");

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

  /**
   * Compares a sealed release with its manifest. Byte code that was not sealed is no difference: an
   * application that runs as the owner of its release, which read-only modes do not stop, leaves it
   * there. The seal guards against accidents: whoever can forge byte code here can write the
   * manifest too.
   *
   * @param interruption heeded while it reads, which may take hours
   * @return the first name that differs, is missing or is foreign; null when all is as sealed
   * @throws ProblemException {@code INTERRUPTED}
   */
  public static @Nullable String firstDifference(Path release, Interruption interruption)
      throws ProblemException, IOException {
    Path manifest = ApplicationDir.manifest(release);
    String content = Files.readString(manifest, StandardCharsets.ISO_8859_1);
    Set<String> expected = new LinkedHashSet<>(Arrays.asList(content.split("\n", -1)));
    expected.remove("");
    Map<String, String> found = hashes(release, interruption);
    for (Map.Entry<String, String> entry : found.entrySet()) {
      boolean sealed = expected.remove(line(entry.getKey(), entry.getValue()));
      if (!sealed && !BYTE_CODE.matcher(entry.getKey()).matches()) {
        return RawName.printable(entry.getKey());
      }
    }
    return expected.isEmpty() ? null : missing(expected.iterator().next());
  }

  /**
   * The name on a line that nothing in the release matches; the manifest's own when it is no line.
   */
  private static String missing(String line) {
    int name = line.indexOf("  ") + 2;
    return RawName.printable(
        name < SHA256_HEX + 2
            ? ApplicationDir.manifest(Path.of("")).toString()
            : line.substring(name));
  }

  private static String line(String name, String hash) {
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n");
    return (escaped.equals(name) ? "" : "\\") + hash + "  " + escaped;
  }

  private static Map<String, String> hashes(Path release, Interruption interruption)
      throws ProblemException, IOException {
    Map<String, String> hashes = new TreeMap<>();
    MessageDigest digest = sha256();
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
      throw new IOException(
          "cannot seal " + file + ": it is neither a file nor a directory nor a link");
    }
    return HexFormat.of().formatHex(digest.digest());
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

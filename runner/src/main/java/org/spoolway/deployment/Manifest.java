package org.spoolway.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.ApplicationDir;

/**
 * The seal of a release: one line per file and link, in the order of their names, as
 * {@code sha256sum --check} reads them.
 *
 * <pre>
 * line = sha256-hex SP SP path LF     a link's hash is that of its target's text
 * </pre>
 */
public final class Manifest {

  private static final int BUFFER = 1 << 16;

  private Manifest() {}

  /**
   * Seals a release: everything becomes read-only, then the manifest is written.
   *
   * @return how many files and links it names
   */
  public static int seal(Path release) throws IOException {
    Map<String, String> hashes = hashes(release);
    Files.walkFileTree(
        release,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!attributes.isSymbolicLink()) {
              Trees.makeReadOnly(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (!directory.equals(release)) {
              Trees.makeReadOnly(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    StringBuilder lines = new StringBuilder();
    hashes.forEach((path, hash) -> lines.append(hash).append("  ").append(path).append('\n'));
    byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
    DurableFiles.replace(ApplicationDir.manifest(release), content, "r--r--r--");
    Trees.makeReadOnly(release);
    return hashes.size();
  }

  /**
   * Compares a sealed release with its manifest.
   *
   * @return the first name that differs, is missing or is foreign; null when all is as sealed
   */
  public static @Nullable String firstDifference(Path release) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(ApplicationDir.manifest(release), StandardCharsets.UTF_8)) {
      expected.put(line.substring(66), line.substring(0, 64));
    }
    Map<String, String> found = hashes(release);
    for (Map.Entry<String, String> entry : expected.entrySet()) {
      if (!entry.getValue().equals(found.remove(entry.getKey()))) {
        return entry.getKey();
      }
    }
    return found.isEmpty() ? null : found.keySet().iterator().next();
  }

  private static Map<String, String> hashes(Path release) throws IOException {
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
              if (attributes.isSymbolicLink()) {
                digest.update(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8));
              } else {
                update(digest, file, buffer);
              }
              String name = release.relativize(file).toString().replace("\\", "\\\\").replace("\n", "\\n");
              hashes.put(name, HexFormat.of().formatHex(digest.digest()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return hashes;
  }

  private static void update(MessageDigest digest, Path file, byte[] buffer) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
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

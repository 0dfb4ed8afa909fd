package org.spoolway.host.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Removes what a runner that was killed left in a mirror: locks and half-received packs. The living
 * runner holds the deployment's kernel lock, so nobody else can be at work in there.
 */
final class MirrorSweep extends SimpleFileVisitor<Path> {

  private MirrorSweep() {}

  /** Sweeps a mirror. */
  static void of(Path mirror) throws IOException {
    Files.walkFileTree(mirror, new MirrorSweep());
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".lock") || name.endsWith(".keep") || IncomingPack.isName(name)) {
      Files.delete(file);
    }
    return FileVisitResult.CONTINUE;
  }
}

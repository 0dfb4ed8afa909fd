package org.spoolway.outbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.spoolway.layout.StateDir;

/**
 * What lies in an outbox, as whoever looks from outside sees it; a runner may be at work there.
 *
 * @param waiting messages that some channel has still to deliver
 * @param givenUp messages that a channel could not deliver
 * @param damaged messages that could not be read
 */
public record Leftovers(int waiting, int givenUp, int damaged) {

  /** Looks. */
  public static Leftovers of(StateDir state) throws IOException {
    return new Leftovers(
        new OutboxFiles(state.outbox()).inOrder().size(),
        new GivenUp(state.givenUp()).size(),
        damaged(state.outbox()));
  }

  private static int damaged(Path directory) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "damaged.*")) {
      for (Path file : files) {
        count += Files.exists(file) ? 1 : 0;
      }
    } catch (NoSuchFileException none) {
      return 0;
    }
    return count;
  }
}

package org.spoolway.inspect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists directories, and remembers those that the user may not look into. */
final class Sight {

  private final List<Path> unseen = new ArrayList<>();

  /** What lies in a directory, sorted; nothing when it is none or may not be listed. */
  List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(children::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (AccessDeniedException denied) {
      denied(directory);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(children);
    return children;
  }

  /** Remembers a directory that could not be looked into. */
  void denied(Path directory) {
    unseen.add(directory);
  }

  /** The directories that could not be looked into. */
  List<Path> unseen() {
    return List.copyOf(unseen);
  }
}

package org.spoolway.tests.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.spoolway.tests.Program;
import org.spoolway.tests.Readme;
import org.spoolway.tests.Repository;

/**
 * The git repository of {@code samples/notes}, with its tags, and with releases that a test adds to
 * them.
 */
final class NotesRepository {

  private static final Path MAKER = Readme.PROJECT.resolve("samples/notes/make-repository");

  private final Path directory;
  private final Repository repository;

  /** One with the sample's own releases up to this version. */
  NotesRepository(Path directory, String upTo) {
    this.directory = directory;
    publish(upTo);
    this.repository = new Repository(directory);
  }

  /** Adds the sample's own releases up to this version; not after others have been added. */
  void publish(String upTo) {
    Program.output(Readme.PROJECT, MAKER.toString(), directory.toString(), "--upto", upTo);
  }

  /**
   * Adds a release that is another one with some files replaced, and with a version of its own.
   *
   * @param base the version that it is made from
   * @param files the contents of files, by their paths
   */
  void release(String version, String base, Map<String, String> files) {
    repository.git("checkout", "--quiet", "--detach", "v" + base);
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
      }
      Path about = directory.resolve("notes/__init__.py");
      Files.writeString(about, Files.readString(about).replace(base, version));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message", "Release " + version);
    repository.git("tag", "--annotate", "--message", "What is new in " + version, "v" + version);
    repository.git("checkout", "--quiet", "main");
  }
}

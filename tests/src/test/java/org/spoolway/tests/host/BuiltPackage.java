package org.spoolway.tests.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The package that the build has made. */
final class BuiltPackage {

  private BuiltPackage() {}

  /** The one package in the directory {@code spoolway.package}. */
  static Path file() {
    String given = System.getProperty("spoolway.package");
    Path directory = Path.of(given == null ? "../systemd/target" : given).toAbsolutePath();
    try (Stream<Path> files = Files.exists(directory) ? Files.list(directory) : Stream.empty()) {
      List<Path> packages = files.filter(file -> file.toString().endsWith(".deb")).toList();
      if (packages.size() != 1) {
        throw new IllegalStateException(
            "cannot test the package: %s has %d files *.deb; run `mvn package` first"
                .formatted(directory, packages.size()));
      }
      return packages.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

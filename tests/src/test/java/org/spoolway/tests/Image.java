package org.spoolway.tests;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the built image lies. */
final class Image {

  private static final Path DIRECTORY = directory();

  private Image() {}

  private static Path directory() {
    String given = System.getProperty("spoolway.image");
    Path image = Path.of(given == null ? "../runner/target/spoolway" : given).toAbsolutePath();
    if (!Files.isExecutable(image.resolve("bin/spoolway"))) {
      throw new IllegalStateException(
          "cannot test the image: there is no " + image + "/bin/spoolway; run `mvn package` first");
    }
    return image;
  }

  /** The program. */
  static Path program() {
    return DIRECTORY.resolve("bin/spoolway");
  }

  /** All its jars, as an entry of a class path. */
  static String jars() {
    return DIRECTORY.resolve("lib") + "/*";
  }
}

package org.spoolway.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the built image lies. */
public final class Image {

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
  public static Path program() {
    return DIRECTORY.resolve("bin/spoolway");
  }

  /** Its jar, which names all others as its class path. */
  static Path jar() {
    return DIRECTORY.resolve("lib/spoolway.jar");
  }

  /** Options for Java by which what lies ready in the image is not made at every start. */
  static List<String> options() {
    Path libraries = DIRECTORY.resolve("lib/native").resolve(architecture());
    return List.of(
        "-Xshare:auto",
        "-XX:SharedArchiveFile=" + DIRECTORY.resolve("lib/spoolway.jsa"),
        "-Dorg.sqlite.lib.path=" + libraries,
        "-Dorg.sqlite.lib.name=libsqlitejdbc.so",
        "-DZstdNativePath=" + libraries.resolve("libzstd-jni.so"));
  }

  /** As the image has it in the names of its directories. */
  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}

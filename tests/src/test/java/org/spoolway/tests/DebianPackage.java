package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The built Debian package, as {@code dpkg-deb} shows it. */
public record DebianPackage(Path file) {

  private static final Path BUILT = Readme.PROJECT.resolve("systemd/target");

  /**
   * One entry of its archive: mode and owner as {@code tar} prints them, and where a link leads.
   */
  public record Entry(String mode, String owner, String target) {}

  /** The package that the build has left; the test is skipped where there is nothing to read it. */
  public static DebianPackage built() {
    Host.require("dpkg-deb");
    try (Stream<Path> files = Files.list(BUILT)) {
      Optional<Path> found = files.filter(path -> path.toString().endsWith(".deb")).findFirst();
      if (found.isEmpty()) {
        throw new IllegalStateException(
            "cannot test the package: there is none in " + BUILT + "; run `mvn package` first");
      }
      return new DebianPackage(found.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it puts on a host, by path. */
  Map<String, Entry> entries() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : dpkg("-c").lines().toList()) {
      String[] words = line.split(" +", 6);
      String[] names = words[5].split(" -> ", 2);
      String path = names[0].substring(1).replaceFirst("(?<=.)/$", "");
      entries.put(path, new Entry(words[0], words[1], names.length > 1 ? names[1] : ""));
    }
    return entries;
  }

  /** A field of its control file. */
  String field(String name) {
    return dpkg("-f", name).strip();
  }

  /** Its scripts, by name. */
  Map<String, Path> scripts(Path directory) {
    dpkg("-e", directory.toString());
    Map<String, Path> scripts = new LinkedHashMap<>();
    for (String name : List.of("postinst", "prerm", "postrm")) {
      scripts.put(name, directory.resolve(name));
    }
    return scripts;
  }

  /** Unpacks it as if a directory were the root of a host. */
  void unpack(Path directory) {
    dpkg("-x", directory.toString());
  }

  private String dpkg(String option, String... rest) {
    List<String> command = new ArrayList<>(List.of("dpkg-deb", option, file.toString()));
    command.addAll(List.of(rest));
    return Program.run(BUILT, Map.of("LC_ALL", "C.UTF-8"), command).outOfSuccess();
  }

  /** What the host that tests has. */
  static final class Host {

    private Host() {}

    /** Skips the test, and says so, where a program is missing. */
    static void require(String program) {
      boolean there =
          Stream.of(System.getenv("PATH").split(":", -1))
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
      if (!there) {
        System.out.println("skipped: there is no " + program + " here");
      }
      Assumptions.assumeTrue(there, "there is no " + program + " here");
    }
  }
}

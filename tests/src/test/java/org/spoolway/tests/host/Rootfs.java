package org.spoolway.tests.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.spoolway.tests.Program;

/**
 * The Debian that all containers share and none changes, as {@code tests/host/make-rootfs} made it.
 */
final class Rootfs {

  private static final String MAKER = Path.of("host/make-rootfs").toAbsolutePath().toString();

  private Rootfs() {}

  /** Where it lies. */
  static Path path() {
    return Path.of(Program.output(Path.of("/"), MAKER, "--print").strip());
  }

  /** Why no container can be booted here, or empty. */
  static Optional<String> obstacle() {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root may boot one");
    }
    return Stream.of("systemd-nspawn", "nsenter", "ip")
        .filter(program -> !isInstalled(program))
        .findFirst()
        .map(program -> program + " is not installed")
        .or(
            () ->
                Optional.of(path())
                    .filter(Files::notExists)
                    .map(path -> "there is no " + path + ", which tests/host/make-rootfs makes"));
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}

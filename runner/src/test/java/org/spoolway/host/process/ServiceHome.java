package org.spoolway.host.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;

/** An application below a scratch directory, whose releases are one shell script each. */
record ServiceHome(Path root) {

  ApplicationDir application() {
    return new ApplicationDir(root.resolve("app"));
  }

  StateDir state() {
    return new StateDir(root.resolve("state"));
  }

  /** Makes a release and leads {@code current} to it. */
  ServiceHome release(String version, String script) throws IOException {
    Path release = application().release(version);
    Files.createDirectories(release);
    Files.createDirectories(state().path());
    Path serve = release.resolve("serve");
    Files.writeString(serve, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(serve, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.deleteIfExists(application().current());
    Files.createSymbolicLink(application().current(), ApplicationDir.linkTarget(version));
    return this;
  }

  /** Settings that start that script. */
  ServiceSettings settings(@Nullable InetSocketAddress readiness) {
    return new ServiceSettings(
        "notes",
        List.of("./serve"),
        Map.of("PORT", "8080"),
        Duration.ofSeconds(5),
        readiness,
        application(),
        state());
  }
}

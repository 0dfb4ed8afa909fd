package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.FakeAccounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.plan.Deployments;

class SpoolDirectoriesTest {

  @TempDir Path directory;

  /** A crash comes after the directory and before its mode. */
  @Test
  void whatACrashLeftHalfMadeIsMadeWhole() throws IOException {
    Deployment deployment = Deployments.notes(directory.resolve("notes"));
    SpoolDir spool = new SpoolDir(directory.resolve("spool"));
    StateDir state = new StateDir(directory.resolve("state"));
    Accounts accounts = FakeAccounts.ownerOf(directory);
    Files.createDirectories(directory.resolve("spool/.processing.making"));
    SpoolDirectories.prepare(deployment, spool, state, accounts);
    for (SpoolDirectories.Place place :
        SpoolDirectories.places(deployment, spool, state, accounts)) {
      int mode = (int) Files.getAttribute(place.path(), "unix:mode") & 07777;
      assertEquals(place.mode(), mode, place.path()::toString);
    }
    try (Stream<Path> all = Files.walk(directory)) {
      assertEquals(List.of(), all.filter(p -> p.toString().endsWith(".making")).toList());
    }
  }
}

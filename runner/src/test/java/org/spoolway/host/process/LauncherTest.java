package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {

  private static final RunAs NOTES =
      new RunAs(List.of("--reuid=7", "--regid=8", "--init-groups"), Map.of("HOME", "/home/notes"));

  @TempDir private Path bin;

  @BeforeEach
  void install() throws IOException {
    for (String name : List.of("setsid", "setpriv", "uv")) {
      Path file = Files.createFile(bin.resolve(name));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aProgramIsStartedInASessionOfItsOwn() throws Unstartable {
    assertEquals(
        List.of(bin + "/setsid", "--", "uv", "sync", "--frozen"),
        prepare(RunAs.SELF, "uv", "sync", "--frozen").command());
  }

  @Test
  void anotherUserIsBecomeInsideTheSession() throws Unstartable {
    ProcessBuilder builder = prepare(NOTES, "uv");
    assertEquals(
        List.of(
            bin + "/setsid",
            "--",
            bin + "/setpriv",
            "--reuid=7",
            "--regid=8",
            "--init-groups",
            "--",
            "uv"),
        builder.command());
    assertEquals("/home/notes", builder.environment().get("HOME"));
  }

  @Test
  void onlyRootBecomesAnotherUser() throws Unstartable {
    NameService names =
        new NameService(command -> Optional.of("notes:x:7:8:Notes:/home/notes:/bin/sh"), () -> 0);
    assertEquals(RunAs.SELF, RunAs.user(null, 1000, names));
    assertEquals(RunAs.SELF, RunAs.user("notes", 7, names));
    assertEquals(NOTES.options(), RunAs.user("notes", 0, names).options());
    Unstartable refusal = assertThrows(Unstartable.class, () -> RunAs.user("notes", 1000, names));
    assertEquals(
        "only a runner that is root can run it as notes; this one has uid 1000",
        refusal.getMessage());
  }

  @Test
  void anEnvironmentThatCannotBeIsRefused() {
    Launcher launcher = new Launcher(Map.of("PATH", bin.toString()));
    assertThrows(
        Unstartable.class,
        () -> launcher.prepare(List.of("uv"), bin, Map.of("A=B", "c"), RunAs.SELF));
  }

  /** A program that speaks to systemd when it is asked to would speak in the runner's name. */
  @Test
  void whatSystemdSaysToTheRunnerIsNotSaidToItsChildren() throws Unstartable {
    Map<String, String> environment =
        new Launcher(
                Map.of(
                    "PATH", bin.toString(),
                    "NOTIFY_SOCKET", "/run/systemd/notify",
                    "WATCHDOG_USEC", "180000000",
                    "LANG", "C.UTF-8"))
            .prepare(List.of("uv"), bin, Map.of(), RunAs.SELF)
            .environment();
    assertEquals("C.UTF-8", environment.get("LANG"));
    assertFalse(environment.containsKey("NOTIFY_SOCKET"));
    assertFalse(environment.containsKey("WATCHDOG_USEC"));
  }

  private ProcessBuilder prepare(RunAs account, String... arguments) throws Unstartable {
    return new Launcher(Map.of("PATH", bin.toString()))
        .prepare(List.of(arguments), bin, Map.of(), account);
  }
}

package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What watches over a runner that has to prove itself, called as systemd calls it. */
class HandoverScriptTest {

  @TempDir private Path scratch;
  private Path root;
  private Path record;
  private Path script;

  @BeforeEach
  void makeHost() throws IOException {
    root = Files.createDirectories(scratch.resolve("opt"));
    record = root.resolve("handover");
    for (String version : new String[] {"1.0.0", "1.1.0"}) {
      Files.createDirectories(root.resolve("releases").resolve(version));
    }
    live("1.1.0");
    script = scratch.resolve("handover");
    String text =
        Files.readString(Readme.PROJECT.resolve("systemd/package/handover"))
            .replace("root=/opt/spoolway", "root=" + root)
            .replace("begun=/run/spoolway/handover", "begun=" + scratch.resolve("begun"));
    Files.writeString(script, text);
    // What systemd would be asked for, a line each; it tells what lies in `job` and `state`.
    Path tools = Files.createDirectories(scratch.resolve("bin"));
    Path systemctl = tools.resolve("systemctl");
    Files.writeString(
        systemctl,
        "#!/bin/sh\ncase $* in *property=Job*) cat \"%1$s/job\" ;;".formatted(scratch)
            + " *ActiveState*) cat \"%1$s/state\" ;; *) echo \"$*\" >>\"%1$s/asked\" ;; esac\n"
                .formatted(scratch));
    assertTrue(systemctl.toFile().setExecutable(true));
    Files.writeString(scratch.resolve("job"), "\n");
    Files.writeString(scratch.resolve("state"), "active\n");
  }

  private void live(String version) throws IOException {
    Files.deleteIfExists(root.resolve("current"));
    Files.createSymbolicLink(root.resolve("current"), Path.of("releases", version));
  }

  private String live() throws IOException {
    return Files.readSymbolicLink(root.resolve("current")).toString();
  }

  private void begun(int failures) throws IOException {
    Files.writeString(record, "to=1.1.0\nfrom=1.0.0\nputBack=\n");
    Files.writeString(scratch.resolve("begun"), failures + "\n");
    Path back = root.resolve("handover.back");
    Files.deleteIfExists(back);
    Files.createSymbolicLink(back, Path.of("releases/1.0.0"));
  }

  private void call(String when, String result) {
    Map<String, String> environment =
        Map.of(
            "PATH",
            scratch.resolve("bin") + ":/usr/bin:/bin",
            "SERVICE_RESULT",
            result,
            "EXIT_STATUS",
            "9");
    Program.run(scratch, environment, java.util.List.of("sh", script.toString(), when))
        .outOfSuccess();
  }

  private String asked() throws IOException {
    Path asked = scratch.resolve("asked");
    return Files.exists(asked) ? Files.readString(asked) : "";
  }

  private String putBack() throws IOException {
    try (Stream<String> lines = Files.lines(record)) {
      return lines.filter(line -> line.startsWith("putBack=")).findFirst().orElse("");
    }
  }

  @Test
  void withoutAHandoverNothingIsDone() throws IOException {
    for (String when : new String[] {"ended", "boot", "due"}) {
      call(when, "exit-code");
    }
    assertEquals("releases/1.1.0", live());
    assertEquals("", asked());
  }

  @Test
  void theThirdFailureIsTheLast() throws IOException {
    begun(0);
    call("ended", "exit-code");
    call("ended", "signal");
    assertEquals("releases/1.1.0", live());
    call("ended", "exit-code");
    assertEquals("releases/1.0.0", live());
    assertEquals("putBack=its runner failed 3 times, at last with: exit-code (9)", putBack());
    assertEquals("", asked(), "systemd starts what has failed by itself");
  }

  @Test
  void anEndThatSomebodyAskedForIsNoFailure() throws IOException {
    begun(2);
    Files.writeString(scratch.resolve("job"), "417\n");
    call("ended", "success");
    assertEquals("releases/1.1.0", live());
  }

  @Test
  void anEndThatNobodyAskedForIsOne() throws IOException {
    begun(2);
    call("ended", "success");
    assertEquals("releases/1.0.0", live());
    assertTrue(asked().contains("start spoolway.service"), asked());
  }

  @Test
  void whatIsStillTheOldOneMayFail() throws IOException {
    begun(2);
    live("1.0.0");
    call("ended", "signal");
    assertEquals("putBack=", putBack());
    assertEquals("releases/1.0.0", live());
  }

  @Test
  void aBootInBetweenPutsItBack() throws IOException {
    begun(0);
    call("boot", "");
    assertEquals("releases/1.1.0", live(), "the unit was only started again");
    Files.delete(scratch.resolve("begun"));
    call("boot", "");
    assertEquals("releases/1.0.0", live());
    assertEquals("putBack=the host was started again before it had proved itself", putBack());
  }

  @Test
  void whenTheTimeIsUpItIsKilled() throws IOException {
    begun(0);
    call("due", "");
    assertEquals("releases/1.0.0", live());
    assertTrue(asked().contains("--signal=KILL spoolway.service"), asked());
    assertTrue(asked().contains("start spoolway.service"), asked());
  }

  @Test
  void whatSomebodyHasStoppedStaysSo() throws IOException {
    begun(0);
    Files.writeString(scratch.resolve("state"), "inactive\n");
    call("due", "");
    assertEquals("releases/1.0.0", live());
    assertEquals("", asked());
  }

  @Test
  void withoutAReleaseBeforeThePackagedOneComesBack() throws IOException {
    begun(2);
    Files.writeString(record, "to=1.1.0\nfrom=\nputBack=\n");
    call("ended", "exit-code");
    assertFalse(Files.exists(root.resolve("current"), LinkOption.NOFOLLOW_LINKS));
  }

  /** Both may come to it at the same moment. */
  @Test
  void whatTheRunnerHasTakenIsNotPutBack() throws IOException {
    begun(2);
    Files.delete(record);
    call("ended", "exit-code");
    call("due", "");
    assertEquals("releases/1.1.0", live());
  }

  @Test
  void whatWasCutShortIsDoneAfterTheBoot() throws IOException {
    begun(2);
    Files.move(record, root.resolve("handover.taken"));
    Files.delete(scratch.resolve("begun"));
    call("boot", "");
    assertEquals("releases/1.0.0", live());
    assertFalse(Files.exists(root.resolve("handover.taken")));
  }

  @Test
  void withoutRoomForTheReasonItGoesBackAllTheSame() throws IOException {
    begun(2);
    Files.createDirectory(root.resolve("handover.new"));
    call("ended", "exit-code");
    assertEquals("releases/1.0.0", live());
  }

  @Test
  void withoutALiveReleaseThereIsNothingToPutBack() throws IOException {
    begun(2);
    Files.delete(root.resolve("current"));
    call("ended", "exit-code");
    call("due", "");
    assertFalse(Files.exists(root.resolve("current"), LinkOption.NOFOLLOW_LINKS));
  }
}

package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;

class SendmailTest {

  @TempDir Path directory;
  private final CapturedOutput output = new CapturedOutput();

  private Path program(String script) throws IOException {
    Path program = Files.writeString(directory.resolve("sendmail"), "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private Exit hand(Path program, Duration limit) throws IOException {
    Path mail = Files.writeString(directory.resolve("mail"), "To: root\n\n.\nthe end\n");
    return new Sendmail(limit).hand(program, mail, output, new Interruption());
  }

  private Exit hand(String script) throws IOException {
    return hand(program(script), Duration.ofSeconds(20));
  }

  @Test
  void theMailIsWhatTheProgramReads() throws IOException {
    assertEquals(new Exit.Status(0), hand("echo \"$@\"; cat\n"));
    assertEquals("-i -t\nTo: root\n\n.\nthe end\n", output.text());
  }

  @Test
  void whatItSaysOfAFailureIsHandedOn() throws IOException {
    assertEquals(new Exit.Status(75), hand("echo no route >&2; exit 75\n"));
    assertEquals("no route\n", output.text());
  }

  /** With some mail systems it is the delivery. */
  @Test
  void whatItLeavesInTheBackgroundGoesOnAndIsNotWaitedFor() throws IOException {
    Path delivered = directory.resolve("delivered");
    Path go = directory.resolve("go");
    String script = "(while [ ! -e %s ]; do sleep 0.05; done; : >%s) &\n".formatted(go, delivered);
    assertEquals(new Exit.Status(0), hand(script));
    Files.createFile(go);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(delivered));
  }

  @Test
  void oneThatHangsIsKilled() throws IOException {
    Path program = program("exec sleep 600\n");
    assertInstanceOf(Exit.TimedOut.class, hand(program, Duration.ofMillis(300)));
  }

  @Test
  void oneThatIsMissingIsToldOf() throws IOException {
    Exit exit = hand(directory.resolve("nothing"), Duration.ofSeconds(5));
    String why = assertInstanceOf(Exit.NotStarted.class, exit).why();
    assertTrue(why.contains("there is no executable file"), why);
  }
}

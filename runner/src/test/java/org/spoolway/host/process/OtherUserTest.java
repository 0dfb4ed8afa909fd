package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;

final class OtherUserTest {

  private static final HostAccounts ACCOUNTS = new HostAccounts();

  @TempDir private Path state;
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void rootRunsACommandAsAnotherUserWithThatUsersHome() {
    assumeTrue(ACCOUNTS.ownUid() == 0, "only root can become another user");
    Exit exit = run("nobody", "id -un; id -G; echo $USER $LOGNAME; id -Gn; sleep 1000 & exit 0");
    assertEquals(new Exit.Status(0), exit);
    List<String> lines = output.text().lines().toList();
    assertEquals("nobody", lines.get(0));
    assertEquals("nobody nobody", lines.get(2));
    assertEquals("nogroup", lines.get(3));
  }

  @Test
  void onesOwnNameChangesNothing() {
    String own = ACCOUNTS.userName(ACCOUNTS.ownUid());
    assertEquals(new Exit.Status(0), run(own, "id -un"));
    assertEquals(own + "\n", output.text());
  }

  @Test
  void anotherUserIsRefusedToARunnerThatIsNotRoot() {
    assumeTrue(ACCOUNTS.ownUid() != 0, "root may become anybody");
    Exit.NotStarted exit = assertInstanceOf(Exit.NotStarted.class, run("root", "id"));
    assertTrue(exit.why().startsWith("only a runner that is root"), exit.why());
  }

  @Test
  void anUnknownUserIsSaid() {
    assertEquals(
        new Exit.NotStarted("there is no user no-such-user on this host"),
        run("no-such-user", "id"));
  }

  private Exit run(String user, String script) {
    return new ProcessCommands()
        .run(
            new Command(
                List.of("sh", "-c", script),
                Path.of("/"),
                Map.of(),
                state.toString(),
                Duration.ofMinutes(5),
                user),
            output,
            new Interruption());
  }
}

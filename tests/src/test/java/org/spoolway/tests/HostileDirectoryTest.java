package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.tests.HostileCase.attempt;
import static org.spoolway.tests.Outcome.nothing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be done to the directories themselves: by their writer nothing, by root a lot. */
class HostileDirectoryTest {

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void areNotTheWriters(HostileCase hostile) throws IOException {
    INBOX.prove(hostile);
  }

  static List<HostileCase> cases() {
    return List.of(
        denied("no list of the inbox", "os.listdir('.')"),
        denied("no other mode for the inbox", "os.chmod('.', 0o777)"),
        denied("no other owner for the inbox", "os.chown('.', os.getuid(), -1)"),
        denied("no other name for the inbox", "os.rename('../web', '../other')"),
        denied("no other inbox in its place", "os.symlink('/etc', '../web2')"),
        denied("no inbox of another origin", "open('../operator/check', 'wb')"),
        denied("no look at what is claimed", "os.listdir('../../processing')"),
        denied("no look at what was refused", "os.listdir('../../rejected/web')"),
        denied("no look at the runner's state", "os.listdir('../../../../lib/app')"),
        denied("no way into a claim", "open('../../processing/x', 'wb')"),
        denied("no result of the writer's making", "open('../../results/web/mine.json', 'wb')"),
        denied("no result changed", "open('../../results/web/canary-0.json', 'r+b')"),
        denied("no result removed", "os.unlink('../../results/web/canary-0.json')"),
        denied("no result of another origin", "os.listdir('../../results/operator')"),
        denied("no status of the writer's making", "os.symlink(SECRET, '../../status.json.x')"),
        denied("no log of the writer's making", "open('../../logs/web/mine.log', 'wb')"),
        denied("no signal to a process of root's", "os.kill(os.getppid(), 0)"));
  }

  private static HostileCase denied(String name, String act) {
    return attempt(name, "denied(lambda: " + act + ")", nothing()).ofTwoUsers();
  }

  @Test
  void fileOfRootsThatLiesThereStays() throws IOException {
    assumeRoot("a file of root's that lies there");
    Path file = Files.createFile(INBOX.web().inbox().resolve(".of-root"));
    INBOX.prove(
        attempt(
            "a file of root's that lies there",
            "denied(lambda: os.unlink('.of-root')); denied(lambda: os.rename('.of-root', 'check'))",
            nothing()));
    Files.delete(file);
  }

  /** A user's own file system, where he may mount one, looks the same to the runner. */
  @Test
  void mountUnderTheNameOfARequestIsLeftAlone() throws IOException {
    Path entry = INBOX.web().inbox().resolve("check.mounted");
    // The runner has to sleep while there is a plain directory that it could take.
    String script = "kill -STOP $1; mkdir $0; mount -t tmpfs none $0; e=$?; kill -CONT $1; exit $e";
    List<String> command =
        List.of("sh", "-c", script, entry.toString(), Long.toString(INBOX.runner().pid()));
    Program.Ended mount = Program.run(INBOX.home().path(), Map.of(), command);
    if (mount.exit() != 0) {
      System.out.println("skipped: nothing can be mounted here: " + mount.err().strip());
    }
    try {
      Assumptions.assumeTrue(mount.exit() == 0, "nothing can be mounted here: " + mount.err());
      INBOX.assertCanariesLive();
      assertTrue(Files.isDirectory(entry), "it is where it was");
    } finally {
      Program.run(INBOX.home().path(), Map.of(), List.of("umount", entry.toString()));
      // Now that it can be moved it is a directory like any other.
      INBOX.writer().does("request('wake')");
      INBOX.end("wake");
      Results.assertError("rejected", "NOT_A_REGULAR_FILE", INBOX.end("check.mounted"));
    }
  }

  /** As a user can do it who may mount, with a mount point that he has opened before the claim. */
  @Test
  void claimThatSomethingIsMountedOnStopsNobody() throws IOException {
    assumeRoot("a claim that something is mounted on");
    String name = "1700000000-covered.json";
    INBOX.writer().does("put('" + name + "', b'{')");
    Path claim =
        Until.found(
            "the claim",
            () ->
                INBOX.web().list("processing").stream()
                    .map(ticket -> ticket.resolve(name))
                    .filter(Files::exists)
                    .findFirst());
    List<String> mount = List.of("mount", "--bind", "/dev/null", claim.toString());
    Program.Ended mounted = Program.run(INBOX.home().path(), Map.of(), mount);
    assertEquals(0, mounted.exit(), mounted.err());
    try {
      INBOX.assertCanariesLive();
      Results.assertError("rejected", "NOT_A_REGULAR_FILE", INBOX.end("1700000000-covered"));
      INBOX.assertCanariesLive();
    } finally {
      Program.output(INBOX.home().path(), "umount", claim.toString());
    }
    INBOX.rejected("1700000000-covered");
  }

  @Test
  void inboxThatSomethingIsMountedOverIsNotServedUntilThatIsGone() throws IOException {
    assumeRoot("an inbox that something is mounted over");
    Path inboxes = INBOX.web().inbox().getParent();
    String mount = "mount -t tmpfs -o mode=1730,gid=$(stat -c %g web) none web";
    Program.Ended mounted = Program.run(inboxes, Map.of(), List.of("sh", "-c", mount));
    if (mounted.exit() != 0) {
      System.out.println("skipped: nothing can be mounted here: " + mounted.err().strip());
    }
    Assumptions.assumeTrue(mounted.exit() == 0, "nothing can be mounted here");
    try {
      Until.isTrue(
          "the status saying why web is not served",
          () -> unserved("web").contains("its inbox is not on the file system of"));
      assertEquals("", unserved("operator"));
    } finally {
      Program.output(inboxes, "umount", "--lazy", "web");
    }
    Until.isTrue("the status saying so no more", () -> unserved("web").isEmpty());
    INBOX.assertCanariesLive();
  }

  @Test
  void inboxThatIsRemovedAndMadeAgain() throws IOException {
    assumeRoot("an inbox that is removed and made again");
    Path inbox = INBOX.web().inbox();
    Program.output(
        inbox.getParent(),
        "sh",
        "-c",
        "g=$(stat -c %g web) && rm -r web && mkdir web && chgrp $g web && chmod 1730 web");
    INBOX.assertCanariesLive();
  }

  @Test
  void inboxThatIsReplacedByAnother() throws IOException {
    assumeRoot("an inbox that is replaced by another");
    Path inbox = INBOX.web().inbox();
    Program.output(
        inbox.getParent(),
        "sh",
        "-c",
        "mkdir new && chgrp $(stat -c %g web) new && chmod 1730 new && mv web old && mv new web");
    INBOX.assertCanariesLive();
  }

  @Test
  void inboxThatIsOpenToAllIsNotServedUntilItIsClosed() throws IOException {
    assumeRoot("an inbox that is open to all");
    assertNotServedWhile(
        "check.open",
        "chmod 1777 web",
        "chmod 1730 web",
        "has mode 1777, so that others can change it");
  }

  @Test
  void inboxThatIsALinkIsNotServedUntilItIsADirectory() throws IOException {
    assumeRoot("an inbox that is a link");
    assertNotServedWhile(
        "check.linked",
        "mv web elsewhere && ln -s elsewhere web",
        "rm web && mv elsewhere web",
        "is a symbolic link, which may lead anywhere");
  }

  private static void assertNotServedWhile(String name, String spoiled, String mended, String why)
      throws IOException {
    Path inboxes = INBOX.web().inbox().getParent();
    Program.output(inboxes, "sh", "-c", spoiled);
    INBOX.writer().does("put('" + name + "')");
    Until.isTrue(
        "the status saying why web is not served",
        () -> unserved("web").endsWith("incoming/web " + why));
    assertEquals("", unserved("operator"));
    assertTrue(Files.exists(INBOX.web().inbox().resolve(name)), "it waits in its inbox");
    Program.output(inboxes, "sh", "-c", mended);
    Until.isTrue("the status saying so no more", () -> unserved("web").isEmpty());
    assertEquals("succeeded", Results.text(INBOX.end(name), "state"));
    INBOX.assertCanariesLive();
  }

  private static String unserved(String origin) {
    return INBOX.web().status().path("unserved").path(origin).path("message").asString("");
  }

  private static void assumeRoot(String what) {
    if (!Writer.PRIVILEGED) {
      System.out.println("skipped: " + what + ": it takes root");
    }
    Assumptions.assumeTrue(Writer.PRIVILEGED, "it takes root");
  }
}

package org.spoolway.tests;

import static org.spoolway.tests.HostileCase.attempt;
import static org.spoolway.tests.Outcome.nothing;
import static org.spoolway.tests.Outcome.refused;
import static org.spoolway.tests.Outcome.succeeds;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever kind of file lies under the name of a request: it is moved, looked at, never followed.
 */
class HostileFilesTest {

  private static final String NO_FILE = "NOT_A_REGULAR_FILE";

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isTakenForWhatItIs(HostileCase hostile) throws IOException {
    INBOX.prove(hostile);
  }

  static List<HostileCase> cases() {
    return List.of(
        link("link to the secret", "SECRET", "1700000000-secret.json"),
        link("link to the secret under a touch name", "SECRET", "check.secret"),
        link("link to nothing", "'nowhere'", "1700000000-nothing.json"),
        link("link to a directory", "'/etc'", "check.etc"),
        link("link to /dev/zero", "'/dev/zero'", "1700000000-zero.json"),
        link("link to itself", "'1700000000-loop.json'", "1700000000-loop.json"),
        link("link to the runner's own descriptors", "'/proc/self/fd/0'", "1700000000-fd.json"),
        link("link that leads out of processing", "'../../../..'", "1700000000-out.json"),
        attempt(
            "link to a good request of the writer's own",
            """
            os.mkdir(SHARED + '/own')
            open(SHARED + '/own/good', 'wb').write(CHECK)
            os.symlink(SHARED + '/own/good', '.made')
            drop('1700000000-good.json')
            """,
            refused("1700000000-good", NO_FILE)),
        attempt(
            "second name of an own file that stays",
            "make(CHECK); os.link('.made', SHARED + '/second'); drop('1700000000-second.json')",
            refused("1700000000-second", NO_FILE)),
        attempt(
            "second name that goes away is a way to publish",
            "make(CHECK); os.link('.made', '1700000000-linked.json'); os.unlink('.made')",
            succeeds("1700000000-linked")),
        attempt(
                "no second name of a file that only root may read",
                "denied(lambda: os.link(SECRET, '1700000000-stolen.json'))",
                nothing())
            .ofTwoUsers(),
        attempt(
                "second name of root's file that all may write",
                "os.link(SHARED + '/root', 'check.linked-root'); report(SHARED + '/root')",
                refused("check.linked-root", "OWNER_NOT_ALLOWED"))
            .ofTwoUsers(),
        attempt(
            "pipe that nobody writes to",
            "os.mkfifo('.made'); drop('1700000000-pipe.json')",
            refused("1700000000-pipe", NO_FILE)),
        attempt(
            "pipe under a touch name",
            "os.mkfifo('.made'); drop('check.pipe')",
            refused("check.pipe", NO_FILE)),
        attempt(
            "pipe whose writer waits",
            "os.mkfifo('.made'); end = os.open('.made', os.O_RDWR); os.write(end, CHECK);"
                + " drop('1700000000-full.json'); ready(); signal.pause()",
            refused("1700000000-full", NO_FILE)),
        attempt(
            "socket",
            "socket.socket(socket.AF_UNIX).bind('.made'); drop('check.socket')",
            refused("check.socket", NO_FILE)),
        attempt(
            "socket that somebody listens on",
            "s = socket.socket(socket.AF_UNIX); s.bind('.made'); s.listen();"
                + " drop('1700000000-listening.json'); ready(); signal.pause()",
            refused("1700000000-listening", NO_FILE)),
        attempt(
                "no device of the writer's making",
                "denied(lambda: os.mknod('check.device', 0o666 | stat.S_IFCHR, os.makedev(1, 5)))",
                nothing())
            .ofTwoUsers(),
        directory("empty directory", "", "check.empty"),
        directory("directory under the name of a document", "", "1700000000-directory.json"),
        directory("directory with something in it", "open('.made/check', 'wb')", "check.filled"),
        directory(
            "directory of 10,000 files",
            "[open('.made/%d' % n, 'wb').close() for n in range(10000)]",
            "check.many"),
        directory(
            "directory deeper than any path reaches",
            "back = os.open('.', os.O_PATH); os.chdir('.made');"
                + " [(os.mkdir('d' * 200), os.chdir('d' * 200)) for n in range(50)];"
                + " os.chdir(back)",
            "check.deep"),
        directory("directory that nobody may enter", "os.chmod('.made', 0)", "check.closed"),
        attempt(
                "directory that its owner still sits in",
                """
            os.mkdir('.made')
            os.chdir('.made')
            report('.')
            os.rename('../.made', '../check.sat-in')
            claimed('../check.sat-in')
            denied(lambda: os.listdir('..'))
            denied(lambda: open('../check.sat-in'))
            denied(lambda: open('../planted', 'wb'))
            ready()
            signal.pause()
            """,
                refused("check.sat-in", NO_FILE))
            .ofTwoUsers(),
        attempt(
            "file that runs as its owner",
            "make(CHECK, 0o4755); drop('1700000000-setuid.json')",
            succeeds("1700000000-setuid")),
        attempt(
            "file that runs as its group",
            "make(CHECK, 0o2777); drop('1700000000-setgid.json')",
            succeeds("1700000000-setgid")),
        attempt(
                "file that nobody may read",
                "make(CHECK, 0); drop('1700000000-closed.json')",
                succeeds("1700000000-closed"))
            .ofTwoUsers(),
        attempt(
            "file with attributes of the writer's own",
            "make(CHECK); os.setxattr('.made', 'user.spoolway', b'x' * 1000);"
                + " drop('1700000000-attributes.json')",
            succeeds("1700000000-attributes")),
        attempt(
                "no file that cannot be moved",
                "make(); fd = os.open('.made', os.O_RDONLY);"
                    + " denied(lambda: fcntl.ioctl(fd, 0x40086602, b'\\x10' + b'\\0' * 7));"
                    + " drop('check.unmoved')",
                succeeds("check.unmoved"))
            .ofTwoUsers(),
        attempt(
            "file of a terabyte of nothing",
            "make(CHECK); os.truncate('.made', 1 << 40); drop('1700000000-terabyte.json')",
            refused("1700000000-terabyte", "REQUEST_MALFORMED", "larger than 65536 bytes")),
        attempt(
            "terabyte under a touch name",
            "make(); os.truncate('.made', 1 << 40); drop('check.terabyte')",
            refused("check.terabyte", "CONTENT_UNDER_TOUCH_NAME")),
        attempt(
            "65,536 bytes",
            "put('1700000000-largest.json', CHECK.ljust(65536))",
            succeeds("1700000000-largest")),
        attempt(
            "65,537 bytes",
            "put('1700000000-larger.json', CHECK.ljust(65537))",
            refused("1700000000-larger", "REQUEST_MALFORMED", "larger than 65536 bytes")),
        attempt(
            "one byte under a touch name",
            "put('check.byte', b' ')",
            refused("check.byte", "CONTENT_UNDER_TOUCH_NAME")));
  }

  private static HostileCase link(String name, String target, String file) {
    return attempt(
        name,
        "os.symlink(" + target + ", '.made'); drop('" + file + "')",
        refused(file.replaceFirst("\\.json$", ""), NO_FILE));
  }

  private static HostileCase directory(String name, String filling, String file) {
    return attempt(
        name,
        "os.mkdir('.made')\n" + filling + "\ndrop('" + file + "')",
        refused(file.replaceFirst("\\.json$", ""), NO_FILE));
  }
}

package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.spoolway.tests.HostileCase.attempt;
import static org.spoolway.tests.Outcome.succeeds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Writers that do not let go of what they have dropped. */
class HostileWritersTest {

  private static final String MALFORMED = "REQUEST_MALFORMED";

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void holdUpNobody(HostileCase hostile) throws IOException {
    INBOX.prove(hostile);
  }

  static List<HostileCase> cases() {
    return List.of(
        attempt(
            "file that grows for ever, a byte at a time",
            """
            make(b'{"action": "check", "reason": "')
            fd = os.open('.made', os.O_WRONLY | os.O_APPEND)
            os.rename('.made', '1700000000-growing.json')
            ready()
            while True:
                os.write(fd, b'x')
                time.sleep(0.01)
            """,
            rejectedWhileItChanges("1700000000-growing")),
        attempt(
            "file that grows for ever, as fast as it can",
            """
            make(b'{"action": "check", "reason": "')
            fd = os.open('.made', os.O_WRONLY | os.O_APPEND)
            os.rename('.made', '1700000000-flooding.json')
            ready()
            while os.fstat(fd).st_size < 100 << 20:
                os.write(fd, b'x' * 65536)
            """,
            rejectedWhileItChanges("1700000000-flooding")),
        attempt(
            "file that shrinks and grows while it is read",
            """
            make()
            fd = os.open('.made', os.O_WRONLY)
            os.rename('.made', '1700000000-breathing.json')
            ready()
            while True:
                os.pwrite(fd, b'{' * 65000, 0)
                os.ftruncate(fd, 1)
            """,
            rejectedWhileItChanges("1700000000-breathing")),
        attempt(
            "torn file whose time is set again and again",
            """
            make(b'{')
            fd = os.open('.made', os.O_WRONLY)
            os.rename('.made', '1700000000-timeless.json')
            ready()
            while True:
                for at in (0, 1, 4102444800, 2 ** 33):
                    os.utime(fd, (at, at))
                    time.sleep(0.005)
            """,
            rejectedWhileItChanges("1700000000-timeless")),
        attempt(
            "file replaced by rename in a loop",
            """
            for n in range(300):
                put('1700000000-replaced.json', text('replaced'))
            """,
            succeeds("replaced")),
        attempt(
            "file taken back at once, again and again",
            """
            for n in range(300):
                put('1700000000-back.json', text('back'))
                try:
                    os.unlink('1700000000-back.json')
                except FileNotFoundError:
                    pass
            put('1700000000-back.json', text('back'))
            """,
            succeeds("back")),
        attempt(
            "file renamed within the inbox until it is taken",
            """
            put('1700000000-here.json', text('wanderer'))
            try:
                while True:
                    os.rename('1700000000-here.json', '1700000000-there.json')
                    os.rename('1700000000-there.json', '1700000000-here.json')
            except FileNotFoundError:
                pass
            """,
            succeeds("wanderer")),
        attempt(
            "file that is locked for ever",
            """
            make(CHECK)
            held = open('.made', 'r+b')
            fcntl.flock(held, fcntl.LOCK_EX)
            fcntl.lockf(held, fcntl.LOCK_EX)
            drop('1700000000-locked.json')
            ready()
            signal.pause()
            """,
            succeeds("1700000000-locked")),
        attempt(
            "file whose group may lock it for all",
            """
            make(CHECK, 0o2666)
            held = open('.made', 'r+b')
            fcntl.lockf(held, fcntl.LOCK_EX)
            drop('1700000000-mandatory.json')
            ready()
            signal.pause()
            """,
            succeeds("1700000000-mandatory")),
        attempt(
            "file that never had a name before",
            """
            fd = os.open('.', os.O_TMPFILE | os.O_RDWR, 0o644)
            os.write(fd, CHECK)
            os.link('/proc/self/fd/%d' % fd, '1700000000-nameless.json', src_dir_fd=fd)
            ready()
            signal.pause()
            """,
            succeeds("1700000000-nameless")),
        attempt(
            "file that is emptied once it is claimed",
            """
            make(text('emptied', notBefore='2099-01-01T00:00:00Z'))
            fd = os.open('.made', os.O_RDWR)
            os.rename('.made', '1700000000-emptied.json')
            until(lambda: told('emptied'))
            os.ftruncate(fd, 0)
            request('end-emptied', action='cancel', params={'id': 'emptied'})
            """,
            Outcome.fails("emptied", "cancelled", "CANCELLED"),
            succeeds("end-emptied")),
        attempt(
            "file that runs, and is mapped by its writer",
            """
            make(text('mapped'))
            fd = os.open('.made', os.O_RDWR)
            view = mmap.mmap(fd, 0)
            os.rename('.made', '1700000000-mapped.json')
            ready()
            signal.pause()
            """,
            succeeds("mapped")));
  }

  /** Refused once its writer had time enough; it is no longer as it was, for he goes on. */
  private static Outcome rejectedWhileItChanges(String id) {
    return (inbox, act) -> {
      Results.assertError("rejected", MALFORMED, inbox.end(id));
      inbox.rejected(id);
    };
  }

  @Test
  void whatIsCarriedOutIsWhatWasClaimed() throws IOException {
    INBOX.prove(
        attempt(
            "content rewritten after the claim",
            """
            at = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + 3))
            make(text('before', reason='as claimed', notBefore=at))
            fd = os.open('.made', os.O_RDWR)
            os.rename('.made', '1700000000-before.json')
            until(lambda: told('before').get('state') == 'queued')
            os.pwrite(fd, text('before', reason='rewritten!', notBefore=at), 0)
            """,
            succeeds("before")));

    assertEquals("as claimed", Results.text(INBOX.end("before"), "reason"));
  }

  @Test
  void whatIsCarriedOutIsOneOfTwoContentsAndNeverAMixture() throws IOException {
    INBOX.prove(
        attempt(
            "content that flips",
            """
            a, b = text('flips', reason='a' * 30000), text('flips', reason='b' * 30000)
            make(a)
            fd = os.open('.made', os.O_RDWR)
            os.rename('.made', '1700000000-flips.json')
            ready()
            while True:
                os.pwrite(fd, b, 0)
                os.pwrite(fd, a, 0)
            """,
            succeeds("flips")));

    JsonNode result = INBOX.end("flips");
    String claimed =
        "{\"id\": \"flips\", \"action\": \"check\", \"reason\": \""
            + Results.text(result, "reason")
            + "\"}";
    assertEquals(sha256(claimed), Results.text(result, "requestSha256"));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.spoolway.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Event;
import org.spoolway.schema.Outcome;

class MailTextTest {

  private static final Deployment.Mail MAIL =
      new Deployment.Mail(
          List.of("admin@example.org", "root"), "notes@example.org", Path.of("/usr/sbin/sendmail"));

  private static String mail(Message message) {
    Instant now = Instant.parse("2026-11-22T01:02:03Z");
    return new String(MailText.of(message, MAIL, now), StandardCharsets.US_ASCII);
  }

  @Test
  void aMailIsWhatRfc5322Wants() {
    Message message = Wording.of(Event.ROLLED_BACK, Told.update("a", Outcome.ROLLED_BACK));
    assertEquals(
        """
        From: notes@example.org
        To: admin@example.org,
         root
        Subject: [spoolway] notes: update to 1.1.0 rolled back
        Date: Sun, 22 Nov 2026 01:02:03 +0000
        Message-ID: <ID@notes.spoolway>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: 7bit

        notes: update to 1.1.0 rolled back.

        What happened: cannot pass the gate: 503
        What to do: Look at it.
        Live before: 1.0.0
        Ended at: 2026-11-21T12:00:03Z
        Request: web/a
        """,
        mail(message).replace(message.id(), "ID"));
  }

  @Test
  void foreignTextStaysInTheBodyAndInItsLine() {
    String reason = "urgent\r\nBcc: other@example.org\r\n\r\n.\r\nSubject: ü \u0000\u202e";
    Message message = Wording.of(Event.FAILED, Told.because(reason, "cannot build: \u001b[2J"));
    String mail = mail(message);
    String headers = mail.substring(0, mail.indexOf("\n\n"));
    assertTrue(headers.contains("Content-Transfer-Encoding: base64"), headers);
    assertTrue(headers.lines().noneMatch(line -> line.startsWith("Bcc")), headers);
    String encoded = mail.substring(mail.indexOf("\n\n") + 2);
    assertTrue(encoded.lines().allMatch(line -> line.length() <= 76));
    String body = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
    assertEquals(message.text(), body);
    assertTrue(
        body.contains("Because: urgent Bcc: other@example.org . Subject: ü \\u0000\\u202e\n"),
        body);
    assertTrue(body.contains("What happened: cannot build: \\u001b[2J\n"), body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Grüße",
        "日本語のとても長い件名 日本語のとても長い件名 日本語のとても長い件名 日本語のとても長い件名",
        "=?UTF-8?B?aGk=?=",
        "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"
            + "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"
      })
  void whatIsNotAsciiIsEncodedInWords(String subject) {
    String encoded = MailText.unstructured(subject);
    StringBuilder decoded = new StringBuilder();
    for (String word : Arrays.asList(encoded.split("\n ", -1))) {
      assertTrue(word.length() <= 75, word);
      Matcher matcher = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]*)\\?=").matcher(word);
      assertTrue(matcher.matches(), word);
      decoded.append(
          new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8));
    }
    assertEquals(subject, decoded.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\nBcc: b", "a\r\nBcc: b", "a\rBcc: b", "a\u2028Bcc: b", "a\u0085Bcc: b"})
  void nothingEndsAHeader(String subject) {
    assertEquals(-1, MailText.unstructured(subject).replace("\n ", "").indexOf('\n'));
    assertEquals(-1, MailText.unstructured(subject).indexOf('\r'));
  }
}

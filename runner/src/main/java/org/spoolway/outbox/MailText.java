package org.spoolway.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.spoolway.deployment.Deployment.Mail;
import org.spoolway.wording.Printable;

/**
 * A message as mail after RFC 5322: headers of ASCII alone, with RFC 2047 for what is not, and a
 * body of short lines. Lines end with a line feed, as {@code sendmail} reads them.
 */
final class MailText {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** RFC 5322 allows 998; no header of ours is near. */
  private static final int LONGEST_LINE = 900;

  /** So many bytes of UTF-8 make an encoded word of 72 characters; RFC 2047 allows 75. */
  private static final int WORD_BYTES = 45;

  private static final int ENCODED_LINE = 76;

  private MailText() {}

  /** The whole mail. */
  static byte[] of(Message message, Mail mail, Instant now) {
    StringBuilder text = new StringBuilder();
    if (mail.from() != null) {
      header(text, "From", mail.from());
    }
    header(text, "To", String.join(",\n ", mail.to()));
    header(text, "Subject", unstructured(message.subject()));
    header(text, "Date", DATE.format(now));
    header(text, "Message-ID", "<" + message.id() + "@" + message.deployment() + ".spoolway>");
    header(text, "Auto-Submitted", "auto-generated");
    header(text, "MIME-Version", "1.0");
    header(text, "Content-Type", "text/plain; charset=UTF-8");
    boolean plain = isPlain(message.text());
    header(text, "Content-Transfer-Encoding", plain ? "7bit" : "base64");
    text.append('\n').append(plain ? message.text() : base64(message.text()));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void header(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  /** Nothing in it can end the header, whatever it is. */
  static String unstructured(String value) {
    String line = Printable.line(value);
    if (isAscii(line) && line.length() < LONGEST_LINE && !line.contains("=?")) {
      return line;
    }
    List<String> words = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              if (bytes(part) + bytes(Character.toString(c)) > WORD_BYTES) {
                words.add(word(part));
                part.setLength(0);
              }
              part.appendCodePoint(c);
            });
    words.add(word(part));
    return String.join("\n ", words);
  }

  private static int bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static String word(CharSequence part) {
    byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean isPlain(String body) {
    return isAscii(body)
        && body.indexOf('\r') < 0
        && body.indexOf('\0') < 0
        && body.lines().allMatch(line -> line.length() < LONGEST_LINE);
  }

  private static String base64(String body) {
    byte[] lineEnd = {'\n'};
    return Base64.getMimeEncoder(ENCODED_LINE, lineEnd)
            .encodeToString(body.getBytes(StandardCharsets.UTF_8))
        + "\n";
  }
}

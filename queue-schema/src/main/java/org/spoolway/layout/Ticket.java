package org.spoolway.layout;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a claim's directory, and of its job's journal, says.
 *
 * <pre>
 * ticket = epoch-millis "." counter "." origin
 * </pre>
 *
 * @param claimedAt when the request was taken from its inbox, to the millisecond
 * @param origin the inbox it came through
 */
public record Ticket(Instant claimedAt, String origin) {

  private static final Pattern FORM = Pattern.compile("(\\d{13})\\.\\d{6,9}\\.(.+)");

  /** The ticket of a name, or empty when it is none. */
  public static Optional<Ticket> parse(String name) {
    Matcher matcher = FORM.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new Ticket(Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), matcher.group(2)))
        : Optional.empty();
  }
}

package org.spoolway.migration;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads, as it comes, what the commands of a {@link SqlClient} print. */
public final class ClientOutput {

  private static final Pattern HISTORY = Pattern.compile("history ([0-9a-f]{64}) (.+)");
  private static final Pattern APPLYING = Pattern.compile("applying (\\S+)");
  private static final int LONGEST_LINE = 4096;

  private final Pattern complaint;
  private final Consumer<String> onFile;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<AppliedFile> history = new ArrayList<>();
  private Optional<String> complained = Optional.empty();
  private Optional<String> file = Optional.empty();

  /**
   * Of one command.
   *
   * @param onFile told the name of each file before it is applied
   */
  public ClientOutput(SqlClient.Invocation invocation, Consumer<String> onFile) {
    this.complaint = Pattern.compile(invocation.complaint());
    this.onFile = onFile;
  }

  /** Takes some bytes; the excess of a long line is dropped. */
  public void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        take(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (line.size() < LONGEST_LINE) {
        line.write(bytes[i]);
      }
    }
  }

  private void take(String text) {
    Matcher applying = APPLYING.matcher(text);
    Matcher applied = HISTORY.matcher(text);
    if (applying.matches()) {
      file = Optional.of(applying.group(1));
      onFile.accept(applying.group(1));
    } else if (applied.matches()) {
      history.add(new AppliedFile(applied.group(2), applied.group(1)));
    } else if (complaint.matcher(text).matches()) {
      complained = Optional.of(text);
    }
  }

  /** What was applied, as far as was told. */
  public List<AppliedFile> history() {
    return List.copyOf(history);
  }

  /** Which file it is at. */
  public Optional<String> file() {
    return file;
  }

  /** What went wrong, in its own words; empty when it said nothing. */
  public Optional<String> complaint() {
    return complained;
  }
}

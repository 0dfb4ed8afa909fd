package org.spoolway.host.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.Version;

/**
 * What the one who watches over a handover goes by: a file of lines {@code key=value}, since that
 * is a shell script, which needs neither release to run.
 *
 * @param to the release that has to prove itself
 * @param from the release that comes back; null for the packaged one
 * @param putBack why {@code from} came back; null while it has not
 */
record HandoverRecord(Version to, @Nullable Version from, @Nullable String putBack) {

  private static final String MODE = "rw-r--r--";

  /** The record in a file, or empty when there is none. */
  static Optional<HandoverRecord> load(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int equals = line.indexOf('=');
        if (equals > 0 && equals < line.length() - 1) {
          values.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    Optional<Version> to = Optional.ofNullable(values.get("to")).flatMap(Version::parse);
    if (to.isEmpty()) {
      throw new IOException("cannot read " + file + ": it does not say which release it is about");
    }
    return Optional.of(
        new HandoverRecord(
            to.get(),
            Optional.ofNullable(values.get("from")).flatMap(Version::parse).orElse(null),
            values.get("putBack")));
  }

  /** Writes it so that it survives a power cut. */
  void save(Path file) throws IOException {
    String text =
        "to="
            + to
            + "\nfrom="
            + (from == null ? "" : from)
            + "\nputBack="
            + (putBack == null ? "" : putBack)
            + "\n";
    DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8), MODE);
  }
}

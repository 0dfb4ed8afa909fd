package org.spoolway.deployment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/** What ran here, one JSON line per job that changed the deployment or tried to, oldest first. */
public final class History {

  private static final String MODE = "rw-------";

  private final Path file;

  /** The history in a file, which need not exist. */
  public History(Path file) {
    this.file = file;
  }

  /**
   * Adds an entry unless it is there already; when this returns it survives a power cut. One that
   * is there may never have reached the disk, if forcing it failed then: all is written anew.
   */
  public void add(Entry entry) throws IOException {
    if (entries().stream().anyMatch(e -> e.sequence() == entry.sequence())) {
      DurableFiles.replace(file, Files.readAllBytes(file), MODE);
      return;
    }
    boolean first = !Files.exists(file);
    String lead = endsTorn() ? "\n" : "";
    byte[] line = (lead + SchemaJson.line(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    if (first) {
      DurableFiles.forceDirectory(file.toAbsolutePath().resolveSibling(""));
    }
  }

  private boolean endsTorn() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length > 0 && bytes[bytes.length - 1] != '\n';
  }

  /** All entries, oldest first. A line that a power cut has torn is left out. */
  public List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.exists(file)) {
      return entries;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    text.lines().forEach(line -> parse(line).ifPresent(entries::add));
    return entries;
  }

  private static Optional<Entry> parse(String line) {
    try {
      return Optional.of(SchemaJson.read(line.getBytes(StandardCharsets.UTF_8), Entry.class));
    } catch (SchemaJson.Malformed torn) {
      return Optional.empty();
    }
  }

  /** The last update that succeeded, which is what a rollback goes back from. */
  public Optional<Entry> lastSuccessfulUpdate() throws IOException {
    return entries().stream().filter(e -> e.movedTo(Action.UPDATE)).reduce((a, b) -> b);
  }

  /** The highest version that ever passed the gate here: nothing older is taken unless named. */
  public Optional<Version> highestThatRan() throws IOException {
    return entries().stream()
        .filter(e -> e.movedTo(Action.UPDATE))
        .map(Entry::to)
        .filter(Objects::nonNull)
        .max(Version::compareTo);
  }

  /** The versions that somebody went back from and has not asked for again since. */
  public Set<Version> goneBackFrom() throws IOException {
    Set<Version> versions = new HashSet<>();
    for (Entry entry : entries()) {
      boolean back = entry.movedTo(Action.ROLLBACK);
      if (back || entry.movedTo(Action.UPDATE)) {
        versions.remove(entry.to());
      }
      if (back && entry.from() != null) {
        versions.add(entry.from());
      }
    }
    return versions;
  }

  /**
   * One job that changed the deployment, or tried to.
   *
   * @param sequence its place in the order of execution
   * @param origin who asked
   * @param id the request's id
   * @param action what was asked
   * @param state how it ended
   * @param from the release before, or null
   * @param to the release it led to, or null when that was never known
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param downtimeMillis how long users may have noticed, in milliseconds, or null
   * @param snapshot the copy of the data from before, or null
   * @param dataMark the database's mark before the new release wrote anything, or null
   * @param requestedBy who pressed the button, for display only, or null
   */
  public record Entry(
      long sequence,
      String origin,
      RequestId id,
      Action action,
      Outcome state,
      @Nullable Version from,
      @Nullable Version to,
      Instant startedAt,
      Instant finishedAt,
      @Nullable Long downtimeMillis,
      @Nullable String snapshot,
      @Nullable String dataMark,
      @Nullable String requestedBy) {

    /** Whether it made another release live, or the first one. */
    boolean movedTo(Action wanted) {
      return action == wanted && state == Outcome.SUCCEEDED && to != null;
    }
  }
}

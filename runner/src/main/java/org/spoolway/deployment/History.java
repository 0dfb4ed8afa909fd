package org.spoolway.deployment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private static final Set<Outcome> FAILURES =
      Collections.unmodifiableSet(
          EnumSet.of(Outcome.FAILED, Outcome.ROLLED_BACK, Outcome.NEEDS_INTERVENTION));

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
    String mark = ":" + entry.sequence() + ",";
    if (read(
        line -> line.contains(mark),
        there -> there.anyMatch(e -> e.sequence() == entry.sequence()))) {
      DurableFiles.replace(file, Files.readAllBytes(file), MODE);
      return;
    }
    boolean first = !Files.exists(file);
    String lead = !first && endsTorn() ? "\n" : "";
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
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != '\n';
    }
  }

  /** All entries, oldest first. A line that a power cut has torn is left out. */
  public List<Entry> entries() throws IOException {
    return read(line -> true, Stream::toList);
  }

  /**
   * The last entries, newest first. Only these are parsed.
   *
   * @param most how many at most
   */
  public List<Entry> last(int most) throws IOException {
    return lines(written -> newest(written.filter(line -> line.endsWith("}")), most)).stream()
        .flatMap(line -> parse(line).stream())
        .toList();
  }

  /**
   * How long users met a closed door in the last jobs of a kind that succeeded and closed one, in
   * milliseconds, newest first.
   *
   * @param most how many at most
   */
  public List<Long> downtimes(Action action, int most) throws IOException {
    return read(
        History::mayHaveLed,
        ran ->
            newest(
                ran.filter(e -> e.action() == action && e.state() == Outcome.SUCCEEDED)
                    .map(Entry::downtimeMillis)
                    .filter(Objects::nonNull),
                most));
  }

  private static <T> List<T> newest(Stream<T> oldestFirst, int most) {
    Deque<T> newest = new ArrayDeque<>();
    oldestFirst.forEach(
        entry -> {
          newest.addFirst(entry);
          if (newest.size() > most) {
            newest.removeLast();
          }
        });
    return List.copyOf(newest);
  }

  /**
   * Goes through the entries, oldest first, without keeping them.
   *
   * @param perhaps which lines are in question; others may be among them
   */
  private <T> T read(Predicate<String> perhaps, Function<Stream<Entry>, T> question)
      throws IOException {
    return lines(
        written -> question.apply(written.filter(perhaps).flatMap(line -> parse(line).stream())));
  }

  private <T> T lines(Function<Stream<String>, T> question) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(text)) {
      return question.apply(lines.lines());
    } catch (NoSuchFileException none) {
      return question.apply(Stream.empty());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Jobs that fail may be many, and are passed over unparsed where only those count that led
   * somewhere.
   */
  private static boolean mayHaveLed(String line) {
    return line.contains(Outcome.SUCCEEDED.wireName())
        || line.contains(Outcome.NEEDS_INTERVENTION.wireName());
  }

  private static Optional<Entry> parse(String line) {
    try {
      return Optional.of(SchemaJson.state(line.getBytes(StandardCharsets.UTF_8), Entry.class));
    } catch (SchemaJson.Malformed torn) {
      return Optional.empty();
    }
  }

  /**
   * The last update that led to its release, which is what a rollback goes back from; it succeeded,
   * unless that release turned unhealthy later.
   */
  public Optional<Entry> lastSuccessfulUpdate() throws IOException {
    return read(
        History::mayHaveLed, ran -> ran.filter(e -> e.movedTo(Action.UPDATE)).reduce((a, b) -> b));
  }

  /** The last update that succeeded in leading away from a release. */
  public Optional<Entry> lastUpdateFrom(Version version) throws IOException {
    return read(
        History::mayHaveLed,
        ran ->
            ran.filter(e -> e.movedTo(Action.UPDATE) && version.equals(e.from()))
                .reduce((a, b) -> b));
  }

  /**
   * The forms of the data with which a release has proved itself here; none when it never did, or
   * nobody looked then.
   */
  public Set<String> schemasOf(Version version) throws IOException {
    return read(
        History::mayHaveLed,
        ran ->
            ran.filter(Entry::stayed)
                .flatMap(e -> e.schemasOf(version))
                .collect(Collectors.toSet()));
  }

  /** The highest version that ever passed the gate here: nothing older is taken unless named. */
  public Optional<Version> highestThatRan() throws IOException {
    return read(
        History::mayHaveLed,
        ran ->
            ran.filter(e -> e.movedTo(Action.UPDATE))
                .map(Entry::to)
                .filter(Objects::nonNull)
                .max(Version::compareTo));
  }

  /** When updates to a version failed, whether they were undone or could not be; oldest first. */
  public List<Instant> failuresOf(Version version) throws IOException {
    return read(
        line -> line.contains(version.text()),
        ran -> ran.filter(e -> e.failedAt(version)).map(Entry::finishedAt).toList());
  }

  /** The versions that somebody went back from and has not asked for again since. */
  public Set<Version> goneBackFrom() throws IOException {
    return read(History::mayHaveLed, History::goneBackFrom);
  }

  private static Set<Version> goneBackFrom(Stream<Entry> ran) {
    Set<Version> versions = new HashSet<>();
    ran.forEach(
        entry -> {
          boolean back = entry.movedTo(Action.ROLLBACK);
          if (back || entry.movedTo(Action.UPDATE)) {
            versions.remove(entry.to());
          }
          if (back && entry.from() != null) {
            versions.add(entry.from());
          }
        });
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
   * @param schema what form the data have since, or null when nobody looked
   * @param formerSchemas what forms they had that suited the release before, or null: the one that
   *     it served with, and what migrations have made of that which only add, unless what only that
   *     release needed is gone since
   * @param unproven true when it led to its release, which passed the gate, turned unhealthy and
   *     stayed; null for every other
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
      @Nullable String requestedBy,
      @Nullable String schema,
      @Nullable List<String> formerSchemas,
      @Nullable Boolean unproven) {

    private Stream<String> schemasOf(Version version) {
      Stream<String> after = version.equals(to) ? Stream.ofNullable(schema) : Stream.empty();
      Stream<String> before =
          version.equals(from) && formerSchemas != null ? formerSchemas.stream() : Stream.empty();
      return Stream.concat(after, before);
    }

    /** Whether what it led to is live since. */
    private boolean stayed() {
      return state == Outcome.SUCCEEDED || Boolean.TRUE.equals(unproven);
    }

    /** Whether the version is to blame; one that people took back or that came too late is not. */
    private boolean failedAt(Version version) {
      return action == Action.UPDATE && FAILURES.contains(state) && !stayed() && version.equals(to);
    }

    /** Whether it made another release live, or the first one. */
    boolean movedTo(Action wanted) {
      return action == wanted && stayed() && to != null;
    }
  }
}

package org.spoolway.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * A database whose content is one text, held in memory or in a file. It records what it is asked
 * for, and fails where a test tells it to.
 */
public final class FakeDatabase implements Database {

  /** What can be asked of a database. */
  public enum Call {
    REQUIRE_READY,
    SNAPSHOT,
    STAGE,
    RESTORE,
    DISCARD,
    MARK
  }

  /** What the first line of a content begins with that tells its own schema. */
  public static final String SCHEMA = "form ";

  private static final String DATA = "data";
  private static final String ABSENT = "absent";

  private final Slot slot;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Call, ProblemException> failures = new EnumMap<>(Call.class);

  private long pretendedBytes;

  private FakeDatabase(Slot slot) {
    this.slot = slot;
  }

  /** One that is gone with this object; there is no database in it yet. */
  public static FakeDatabase inMemory() {
    return new FakeDatabase(new Memory());
  }

  /** One that every other of the same file shares, so that it outlives its user. */
  public static FakeDatabase in(Path file) {
    return new FakeDatabase(new TextFile(file));
  }

  /** Writes as the application would. */
  public void write(String content) {
    slot.put(UUID.randomUUID() + "\n" + content);
  }

  /** The content, or null when there is no database. */
  public @Nullable String content() {
    String data = slot.get();
    return data == null ? null : data.substring(data.indexOf('\n') + 1);
  }

  /** Pretends that a snapshot would take so many bytes more than it does. */
  public void pretendMoreBytes(long bytes) {
    pretendedBytes = bytes;
  }

  /** Lets every further call of this kind fail. */
  public void fail(Call call, Problem problem) {
    fail(call, problem, "cannot use the fake database: told to fail at " + call);
  }

  /** The same, with what it says then. */
  public void fail(Call call, Problem problem, String message) {
    failures.put(call, new ProblemException(problem, message));
  }

  /** Lets calls of this kind succeed again. */
  public void mend(Call call) {
    failures.remove(call);
  }

  /** What was asked for, in order, failed calls included. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public Readiness requireReady() throws ProblemException {
    begin(Call.REQUIRE_READY);
    String data = slot.get();
    return new Readiness(
        pretendedBytes + (data == null ? 0 : data.length()), data == null ? "nothing" : "a text");
  }

  @Override
  public void snapshot(Path directory) throws ProblemException {
    begin(Call.SNAPSHOT);
    store(slot.get(), directory);
  }

  @Override
  public Path stage(Path snapshot, Path staged, Afterwards afterwards) throws ProblemException {
    begin(Call.STAGE);
    load(snapshot);
    return snapshot;
  }

  @Override
  public void restore(Path snapshot, Path aside) throws ProblemException {
    begin(Call.RESTORE);
    String wanted = load(snapshot);
    String present = slot.get();
    if (present != null && !present.equals(wanted) && !Files.exists(aside.resolve(DATA))) {
      store(present, aside);
    }
    slot.put(wanted);
  }

  @Override
  public void discard(Path snapshot) throws ProblemException {
    begin(Call.DISCARD);
  }

  @Override
  public String mark() throws ProblemException {
    begin(Call.MARK);
    String data = slot.get();
    return data == null ? ABSENT : data.substring(0, data.indexOf('\n'));
  }

  @Override
  public Contents contents() throws ProblemException {
    String data = slot.get();
    boolean told = data != null && content().startsWith(SCHEMA);
    String schema = told ? content().lines().findFirst().orElseThrow() : "one";
    long rows = data == null ? 0 : content().lines().count();
    return new Contents(mark(), schema, List.of(new TableRows("lines", rows, 0, 0)));
  }

  private void begin(Call call) throws ProblemException {
    calls.add(call);
    ProblemException problem = failures.get(call);
    if (problem != null) {
      throw problem;
    }
  }

  private static void store(@Nullable String data, Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(data == null ? ABSENT : DATA), data == null ? "" : data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String load(Path directory) throws ProblemException {
    if (Files.exists(directory.resolve(ABSENT))) {
      return null;
    }
    try {
      return Files.readString(directory.resolve(DATA));
    } catch (IOException e) {
      throw new ProblemException(
          Problem.RESTORE_FAILED, "cannot restore the fake database: no snapshot", e);
    }
  }

  /** Where the data are; null stands for no database. */
  private interface Slot {
    @Nullable String get();

    void put(@Nullable String data);
  }

  private static final class Memory implements Slot {
    private @Nullable String held;

    @Override
    public @Nullable String get() {
      return held;
    }

    @Override
    public void put(@Nullable String data) {
      held = data;
    }
  }

  private record TextFile(Path file) implements Slot {
    @Override
    public @Nullable String get() {
      try {
        return Files.readString(file);
      } catch (NoSuchFileException absent) {
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void put(@Nullable String data) {
      try {
        if (data == null) {
          Files.deleteIfExists(file);
        } else {
          Files.writeString(file, data);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

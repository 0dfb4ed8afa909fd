package org.spoolway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.SpoolDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

@Timeout(30)
class ResultReaderTest {

  private static final RequestId ID = new RequestId("web-1");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.parse("2026-11-21T01:34:55Z");

  @TempDir Path home;
  private SpoolDir spool;
  private ResultReader reader;
  private final BlockingQueue<Outcome> seen = new LinkedBlockingQueue<>();

  @BeforeEach
  void findTheSpool() {
    spool = new SpoolDir(home.resolve("spool"));
    reader = new ResultReader(spool);
  }

  @Test
  void requestThatNobodyTookHasNoResult() throws Exception {
    assertEquals(Optional.empty(), reader.read("web", ID));
    assertEquals(Optional.empty(), reader.status());
    assertEquals(Optional.empty(), reader.await("web", ID, Duration.ZERO, this::note));
  }

  @Test
  void resultIsReadAsItWasWritten() throws Exception {
    publish(result(Outcome.RUNNING));
    assertEquals(Optional.of(result(Outcome.RUNNING)), reader.read("web", ID));
    assertEquals(Optional.empty(), reader.read("operator", ID));
  }

  @Test
  void resultThatIsAlreadyTerminalIsNotWaitedFor() throws Exception {
    publish(result(Outcome.FAILED));
    assertEquals(
        Optional.of(result(Outcome.FAILED)), reader.await("web", ID, Duration.ZERO, this::note));
    assertEquals(List.of(Outcome.FAILED), List.copyOf(seen));
  }

  @Test
  void changesAreToldUntilTheEnd() throws Exception {
    publish(result(Outcome.QUEUED));
    CompletableFuture<Optional<Result>> waiting = await(LONG);
    assertSeen(Outcome.QUEUED);
    publish(result(Outcome.RUNNING));
    assertSeen(Outcome.RUNNING);
    publish(result(Outcome.RUNNING));
    publish(result(Outcome.SUCCEEDED));
    assertSeen(Outcome.SUCCEEDED);
    assertEquals(Optional.of(result(Outcome.SUCCEEDED)), waiting.get(10, TimeUnit.SECONDS));
    assertTrue(seen.isEmpty());
  }

  @Test
  void resultsDirectoryMayComeLaterAndBeReplaced() throws Exception {
    CompletableFuture<Optional<Result>> waiting = await(LONG);
    publish(result(Outcome.RUNNING));
    assertSeen(Outcome.RUNNING);
    Files.move(spool.results(), home.resolve("old"));
    publish(result(Outcome.CANCELLED));
    assertSeen(Outcome.CANCELLED);
    assertEquals(Optional.of(result(Outcome.CANCELLED)), waiting.get(10, TimeUnit.SECONDS));
  }

  @Test
  void patienceEndsWithoutAResult() throws Exception {
    publish(result(Outcome.RUNNING));
    assertEquals(Optional.empty(), reader.await("web", ID, Duration.ofMillis(30), this::note));
    assertEquals(List.of(Outcome.RUNNING), List.copyOf(seen));
  }

  @Test
  void endlessPatienceIsPossible() throws Exception {
    publish(result(Outcome.EXPIRED));
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    assertTrue(reader.await("web", ID, endless, this::note).isPresent());
  }

  /** The runner refuses a foreign owner or a large file unread, so under an id from its name. */
  @Test
  void requestThatWasRefusedUnreadIsFoundByItsFilesName() throws Exception {
    RequestSubmitter.Submission dropped = dropped("1795224895123456789-web-1.json");
    RequestId fromName = new RequestId("1795224895123456789-web-1");
    Result refused = result(fromName, Outcome.REJECTED, dropped.file());
    publish(result(Outcome.QUEUED));
    CompletableFuture<Optional<Result>> waiting = await(dropped);
    assertSeen(Outcome.QUEUED);
    publish(refused);
    assertEquals(Optional.of(refused), waiting.get(10, TimeUnit.SECONDS));
    assertSeen(Outcome.REJECTED);
  }

  @Test
  void resultOfAnotherFileOrOfAJobIsNotTakenForARefusal() throws Exception {
    RequestSubmitter.Submission dropped = dropped("1795224895123456789-web-1.json");
    RequestId fromName = new RequestId("1795224895123456789-web-1");
    publish(result(fromName, Outcome.REJECTED, Path.of("1795224895123456789-web_1.json")));
    assertEquals(Optional.empty(), reader.await("web", dropped, Duration.ZERO, this::note));
    publish(result(fromName, Outcome.SUCCEEDED, dropped.file()));
    assertEquals(Optional.empty(), reader.await("web", dropped, Duration.ZERO, this::note));
    assertTrue(seen.isEmpty(), seen.toString());
    publish(result(Outcome.SUCCEEDED));
    assertTrue(reader.await("web", dropped, Duration.ZERO, this::note).isPresent());
  }

  private RequestSubmitter.Submission dropped(String name) {
    return new RequestSubmitter.Submission(ID, spool.inbox("web").resolve(name));
  }

  @Test
  void damagedResultIsAnErrorThatNamesTheFile() throws Exception {
    Path file = spool.result("web", "web-1");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"schema\":\"spoolway/result/v2\"}");
    IOException error = assertThrows(IOException.class, () -> reader.read("web", ID));
    assertEquals(
        "cannot read "
            + file
            + ": its schema is \"spoolway/result/v2\", not \"spoolway/result/v1\"",
        error.getMessage());
  }

  @Test
  void statusIsReadAndAwaited() throws Exception {
    publish(status(null));
    assertEquals(Optional.of(status(null)), reader.status());
    BlockingQueue<Status> statuses = new LinkedBlockingQueue<>();
    CompletableFuture<Optional<Status>> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return reader.awaitStatus(s -> s.current() != null, LONG, statuses::add);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertEquals(status(null), statuses.poll(10, TimeUnit.SECONDS));
    publish(status(new Version("3.2.0")));
    assertEquals(Optional.of(status(new Version("3.2.0"))), waiting.get(10, TimeUnit.SECONDS));
  }

  private CompletableFuture<Optional<Result>> await(RequestSubmitter.Submission dropped) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return reader.await("web", dropped, LONG, this::note);
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private CompletableFuture<Optional<Result>> await(Duration patience) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return reader.await("web", ID, patience, this::note);
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void note(Result result) {
    seen.add(result.state());
  }

  private void assertSeen(Outcome outcome) throws InterruptedException {
    assertEquals(outcome, seen.poll(10, TimeUnit.SECONDS));
  }

  private void publish(Object document) throws IOException {
    Path file =
        document instanceof Result result
            ? spool.result("web", result.id().value())
            : spool.status();
    Files.createDirectories(file.getParent());
    DurableFiles.publish(file, SchemaJson.pretty(document), "rw-r-----");
  }

  private static Result result(Outcome state) {
    return result(ID, state, Path.of("1795224895-any.json"));
  }

  private static Result result(RequestId id, Outcome state, Path file) {
    return new Result(
        Result.SCHEMA,
        id,
        "web",
        "notes",
        Action.UPDATE,
        state,
        null,
        null,
        false,
        null,
        new Result.Owner(1001, "notes-web"),
        null,
        1,
        7L,
        new Result.Order(NOW, file.getFileName().toString()),
        null,
        null,
        null,
        NOW,
        NOW,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  private static Status status(@Nullable Version current) {
    return new Status(
        Status.SCHEMA,
        "notes",
        current,
        null,
        null,
        0,
        Map.of(),
        Map.of(),
        null,
        false,
        new Status.Watch("events", "inotify works here"),
        new Status.Runner(1, NOW, "0.1.0", null),
        null,
        new Status.Health(Status.HealthState.UNKNOWN, "", null),
        null,
        Map.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }
}

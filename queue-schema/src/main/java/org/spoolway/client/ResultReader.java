package org.spoolway.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.spoolway.layout.SpoolDir;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;

/**
 * Reads and awaits what the runner of one deployment tells. Waiting wakes up by the directory's
 * events and looks again a few times a second in any case, so that a lost event only delays.
 */
public final class ResultReader {

  private final SpoolDir spool;

  /** A reader of one deployment's results and status. */
  public ResultReader(SpoolDir spool) {
    this.spool = spool;
  }

  /**
   * The result of a request as it is now.
   *
   * @return empty when there is none (yet)
   * @throws IOException when it may not be read, or is not a result
   */
  public Optional<Result> read(String origin, RequestId id) throws IOException {
    return result(origin, id).read();
  }

  /**
   * Waits until a request has ended.
   *
   * @param patience how long to wait at most; zero looks once
   * @param onChange is given each content that is seen, the last one included; not every content
   *     that there was is seen
   * @return the terminal result, or empty when the patience ended first
   * @throws IOException when the result may not be read, or is not one
   */
  public Optional<Result> await(
      String origin, RequestId id, Duration patience, Consumer<Result> onChange)
      throws IOException, InterruptedException {
    return await(List.of(result(origin, id)), patience, onChange);
  }

  /**
   * Waits until a request has ended that was dropped as a file. One that the runner refuses before
   * it has read it, as for its owner or its size, ends under an id made from the file's name; that
   * end is found here too.
   *
   * @param dropped what {@link RequestSubmitter#submit} has told
   * @param patience how long to wait at most; zero looks once
   * @param onChange is given each content that is seen, the last one included
   * @return the terminal result, or empty when the patience ended first
   * @throws IOException when the result may not be read, or is not one
   */
  public Optional<Result> await(
      String origin,
      RequestSubmitter.Submission dropped,
      Duration patience,
      Consumer<Result> onChange)
      throws IOException, InterruptedException {
    String name = dropped.file().getFileName().toString();
    PublishedFile<Result> refusal =
        new PublishedFile<>(
            spool.result(origin, RequestId.ofFileName(name).value()),
            SchemaJson::result,
            result -> isRefusalOf(name, result));
    return await(List.of(refusal, result(origin, dropped.id())), patience, onChange);
  }

  private static boolean isRefusalOf(String name, Result result) {
    return result.state() == Outcome.REJECTED
        && result.order() != null
        && result.order().name().equals(name);
  }

  private static Optional<Result> await(
      List<PublishedFile<Result>> files, Duration patience, Consumer<Result> onChange)
      throws IOException, InterruptedException {
    return PublishedFile.await(files, result -> result.state().isTerminal(), patience, onChange);
  }

  /**
   * The deployment's status as it is now.
   *
   * @return empty when no runner has written one (yet)
   * @throws IOException when it may not be read, or is not a status
   */
  public Optional<Status> status() throws IOException {
    return statusFile().read();
  }

  /**
   * Waits until the deployment's status is as wished.
   *
   * @param wished when to stop
   * @param patience how long to wait at most; zero looks once
   * @param onChange is given each content that is seen, the last one included
   * @return the status as wished, or empty when the patience ended first
   * @throws IOException when the status may not be read, or is not one
   */
  public Optional<Status> awaitStatus(
      Predicate<Status> wished, Duration patience, Consumer<Status> onChange)
      throws IOException, InterruptedException {
    return PublishedFile.await(List.of(statusFile()), wished, patience, onChange);
  }

  private PublishedFile<Result> result(String origin, RequestId id) {
    return new PublishedFile<>(spool.result(origin, id.value()), SchemaJson::result, any -> true);
  }

  private PublishedFile<Status> statusFile() {
    return new PublishedFile<>(spool.status(), SchemaJson::status, any -> true);
  }
}

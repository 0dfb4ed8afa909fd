package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs PostgreSQL's client programs as the account that the server knows. */
public interface ClientPrograms {

  /**
   * Runs one to its end; nothing that it started is left then.
   *
   * @throws IOException when it cannot be started, or has not ended in time
   */
  Answer run(Call call) throws IOException;

  /**
   * Lets the account write an empty directory, and pass those of the runner's above it.
   *
   * @throws IOException when it cannot be handed over
   */
  void give(Path directory) throws IOException;

  /**
   * Takes the directory back, with the plain files that the account has written there and can still
   * read, as its group can.
   *
   * @throws IOException when something else lies there
   */
  void takeBack(Path directory) throws IOException;

  /**
   * One run.
   *
   * @param arguments program and arguments
   * @param environment on top of the runner's own, of which nothing is left that libpq would heed
   * @param input what it reads
   * @param limit after which it is killed
   */
  record Call(
      List<String> arguments, Map<String, String> environment, String input, Duration limit) {}

  /**
   * What came of it.
   *
   * @param status its exit status
   * @param output what it printed, the first mebibytes
   * @param errors what it complained of, the first lines
   */
  record Answer(int status, String output, String errors) {}
}

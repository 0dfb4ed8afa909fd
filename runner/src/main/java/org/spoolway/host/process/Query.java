package org.spoolway.host.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A question that a short command answers with one line. */
@FunctionalInterface
interface Query {

  /** The first line that the command prints; empty when it fails or prints none. */
  Optional<String> firstLine(List<String> command);

  /** Runs the command, for at most ten seconds. */
  static Query ofHost() {
    Logger log = LoggerFactory.getLogger(Query.class);
    return command -> {
      try {
        return answer(command);
      } catch (IOException e) {
        log.warn("cannot run {}: {}; taken as no answer", command, e.getMessage());
        return Optional.empty();
      }
    };
  }

  private static Optional<String> answer(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectError(Redirect.DISCARD)
            .start();
    CompletableFuture<byte[]> output =
        CompletableFuture.supplyAsync(() -> readAll(process))
            .completeOnTimeout(new byte[0], 10, TimeUnit.SECONDS);
    String text = new String(output.join(), StandardCharsets.UTF_8);
    process.destroyForcibly();
    return text.lines().findFirst();
  }

  private static byte[] readAll(Process process) {
    try {
      return process.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

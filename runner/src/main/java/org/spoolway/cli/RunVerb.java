package org.spoolway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.worker.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: works the queues. */
@Command(
    name = "run",
    description = "Work the queues of all deployments, or of those named, until asked to end.")
final class RunVerb extends Verb {

  private static final Logger LOG = LoggerFactory.getLogger(RunVerb.class);

  @Parameters(paramLabel = "DEPLOYMENT", arity = "0..*", description = "Only these deployments.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--drain", description = "End when nothing is left to do.")
  private boolean drain;

  @Option(
      names = "--watch",
      paramLabel = "auto|off",
      description =
          "How to notice requests: auto uses the kernel's events where they can be had, off looks"
              + " now and then (default: auto).")
  private Worker.Watch watch = Worker.Watch.AUTO;

  @Override
  ExitCode execute() throws IOException, ProblemException {
    List<Post> posts = new ArrayList<>();
    try {
      boolean complete = takeAll(posts);
      ExitCode worked = work(posts);
      return complete ? worked : ExitCode.USAGE;
    } finally {
      for (Post post : posts) {
        post.close();
      }
    }
  }

  /**
   * Takes the posts. Where all deployments are worked, a file that is wrong stops only its own.
   *
   * @return whether none was left out
   */
  private boolean takeAll(List<Post> posts) throws IOException, ProblemException {
    Worker.Mode mode = drain ? Worker.Mode.DRAIN : Worker.Mode.SERVE;
    boolean complete = true;
    for (String name : deployments().orAll(names)) {
      try {
        posts.add(Post.take(machine(), deployments(), name, mode));
        LOG.info("working deployment {}", name);
      } catch (ProblemException e) {
        if (e.problem() == Problem.BUSY || !names.isEmpty()) {
          throw e;
        }
        new ErrorPrinter(machine().err()).print(e);
        complete = false;
      }
    }
    return complete;
  }

  /** Works until all have ended; what ends one by an error leaves the others at work. */
  private ExitCode work(List<Post> posts) throws IOException {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    try (Machine.Termination ending =
        machine().onTermination(() -> posts.forEach(post -> post.worker().stop()))) {
      posts.forEach(post -> ends.add(start(post)));
      CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)).join();
      LOG.debug("all queues ended; {}", ending);
      return ExitCode.OK;
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io;
      }
      throw new IllegalStateException("a worker has died", e.getCause());
    }
  }

  /** Whatever ends the work, an error of the JVM's too, ends what is returned. */
  private CompletableFuture<Void> start(Post post) {
    return CompletableFuture.runAsync(
            () -> work(post), task -> new Thread(task, "worker-" + post.name()).start())
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.error("cannot go on working deployment {}", post.name(), failure);
              }
            });
  }

  private void work(Post post) {
    try {
      post.worker().run(watch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.spoolway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.schema.Status;
import org.spoolway.worker.Worker;

/** Works several deployments side by side, until all have ended or the process is asked to. */
final class Shift {

  private static final Logger LOG = LoggerFactory.getLogger(Shift.class);

  private final List<Post> posts;
  private final Worker.Watch watch;

  Shift(List<Post> posts, Worker.Watch watch) {
    this.posts = List.copyOf(posts);
    this.watch = watch;
  }

  /**
   * Works until all have ended. One that ends by an error has the others end too, as if the process
   * were asked to: a runner that works only some of its deployments passes for a sound one.
   *
   * @return what kept inboxes from being drained
   */
  List<Status.Unserved> work(Machine machine) {
    List<CompletableFuture<List<Status.Unserved>>> ends = new ArrayList<>();
    try (RollCall rollCall = RollCall.start(machine.supervisor(), posts);
        Machine.Termination ending = machine.onTermination(() -> stop(rollCall))) {
      posts.forEach(post -> ends.add(start(post)));
      CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)).join();
      LOG.debug("all queues ended; {}", ending);
      return ends.stream().flatMap(end -> end.join().stream()).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException told ? told : e;
    }
  }

  /** The workers first: whoever watches may be slow to listen. */
  private void stop(RollCall rollCall) {
    stop();
    rollCall.stopping();
  }

  private void stop() {
    posts.forEach(post -> post.worker().stop());
  }

  private CompletableFuture<List<Status.Unserved>> start(Post post) {
    LOG.info("working deployment {}", post.name());
    return CompletableFuture.supplyAsync(
        () -> work(post), task -> new Thread(task, "worker-" + post.name()).start());
  }

  private List<Status.Unserved> work(Post post) {
    try {
      return post.worker().run(watch).values().stream()
          .map(why -> new Status.Unserved(post.name() + ": " + why.message(), why.fix()))
          .toList();
    } catch (IOException e) {
      stop();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      LOG.error("the worker of {} has died; ending the others", post.name(), e);
      stop();
      throw new IllegalStateException("the worker of " + post.name() + " has died", e);
    }
  }
}

package org.spoolway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  /** Works until all have ended; what ends one by an error leaves the others at work. */
  void work(Machine machine) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    try (Machine.Termination ending =
        machine.onTermination(() -> posts.forEach(post -> post.worker().stop()))) {
      posts.forEach(post -> ends.add(start(post)));
      CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)).join();
      LOG.debug("all queues ended; {}", ending);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io;
      }
      throw new IllegalStateException("a worker has died", e.getCause());
    }
  }

  /** Whatever ends the work, an error of the JVM's too, ends what is returned. */
  private CompletableFuture<Void> start(Post post) {
    LOG.info("working deployment {}", post.name());
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

package org.spoolway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.schema.Status;
import org.spoolway.supervision.Rest;
import org.spoolway.worker.Worker;

/** Works several deployments side by side, until all have ended or the process is asked to. */
final class Shift {

  private static final Logger LOG = LoggerFactory.getLogger(Shift.class);

  /** Between two looks at the deployment files. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Worker.Watch watch;
  private final @Nullable Roster roster;
  private final Rest rest;
  private final Map<String, Post> working = new TreeMap<>();
  private final List<Status.Unserved> unserved = new ArrayList<>();
  private final Semaphore ends = new Semaphore(0);
  private @Nullable RuntimeException death;
  private boolean stopping;

  /**
   * @param roster which deployments there are to work; null when only these are
   * @param rest where one worker asks the others to rest
   */
  Shift(List<Post> posts, Worker.Watch watch, @Nullable Roster roster, Rest rest) {
    this.watch = watch;
    this.roster = roster;
    this.rest = rest;
    posts.forEach(post -> working.put(post.name(), post));
  }

  /**
   * Works until all have ended. One that ends by an error has the others end too, as if the process
   * were asked to: a runner that works only some of its deployments passes for a sound one.
   *
   * @return what kept inboxes from being drained
   */
  List<Status.Unserved> work(Machine machine) throws IOException {
    try (RollCall rollCall = RollCall.start(machine.supervisor(), this::posts);
        Machine.Termination ending = machine.onTermination(() -> stop(rollCall))) {
      posts().forEach(this::start);
      while (goesOn()) {
        tend();
      }
      LOG.debug("all queues ended; {}", ending);
      return outcome();
    }
  }

  private synchronized List<Status.Unserved> outcome() {
    if (death != null) {
      throw death;
    }
    return List.copyOf(unserved);
  }

  private synchronized List<Post> posts() {
    return List.copyOf(working.values());
  }

  /** Waits a while, or until something ends, unless all is over. */
  private boolean goesOn() {
    if (isOver()) {
      return false;
    }
    try {
      if (ends.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        ends.drainPermits();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the main thread is never interrupted", e);
    }
    return true;
  }

  private synchronized boolean isOver() {
    return working.isEmpty() && (stopping || roster == null);
  }

  /**
   * Lets go of what has no file any more, and takes up what has a new one; while all but one are to
   * rest, of all others.
   */
  private void tend() throws IOException {
    if (roster == null || isStopping()) {
      return;
    }
    Set<String> names = new TreeSet<>();
    posts().forEach(post -> names.add(post.name()));
    Optional<String> waking = rest.waking();
    if (waking.isPresent()) {
      retire(name -> !name.equals(waking.get()));
      rest.tell(names);
      return;
    }
    retire(roster.toRetire(names)::contains);
    for (String name : roster.names()) {
      if (!names.contains(name)) {
        roster.tryToTake(name).ifPresent(this::add);
      }
    }
  }

  private void retire(Predicate<String> whose) {
    posts().stream()
        .filter(post -> whose.test(post.name()))
        .forEach(post -> post.worker().retire());
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private void add(Post post) {
    synchronized (this) {
      working.put(post.name(), post);
      if (stopping) {
        post.worker().stop();
      }
    }
    start(post);
  }

  /** The workers first: whoever watches may be slow to listen. */
  private void stop(RollCall rollCall) {
    stop();
    rollCall.stopping();
  }

  private synchronized void stop() {
    stopping = true;
    working.values().forEach(post -> post.worker().stop());
    ends.release();
  }

  private void start(Post post) {
    LOG.info("working deployment {}", post.name());
    new Thread(() -> work(post), "worker-" + post.name()).start();
  }

  private void work(Post post) {
    try {
      for (Status.Unserved why : post.worker().run(watch).values()) {
        leave(new Status.Unserved(post.name() + ": " + why.message(), why.fix()));
      }
    } catch (IOException e) {
      die(new UncheckedIOException(e));
    } catch (RuntimeException | Error e) {
      LOG.error("the worker of {} has died; ending the others", post.name(), e);
      die(new IllegalStateException("the worker of " + post.name() + " has died", e));
    } finally {
      end(post);
    }
  }

  private synchronized void leave(Status.Unserved why) {
    unserved.add(why);
  }

  private synchronized void die(RuntimeException cause) {
    if (death == null) {
      death = cause;
    }
    stop();
  }

  /** The lock goes before the deployment counts as free, for the next look may take it again. */
  private void end(Post post) {
    try {
      post.close();
    } catch (IOException e) {
      LOG.warn("cannot close the lock of {}: {}", post.name(), e.toString());
    }
    synchronized (this) {
      working.remove(post.name());
      ends.release();
    }
  }
}

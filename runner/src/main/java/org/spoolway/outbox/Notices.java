package org.spoolway.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Event;
import org.spoolway.host.Commands;
import org.spoolway.host.Interruption;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;

/**
 * Tells people of what a deployment's jobs came to, by the channels that its file names; does
 * nothing where it names none. {@link #ended} may be called from any thread.
 */
public final class Notices implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** A command has two seconds to end when it is asked to, and is then killed. */
  private static final Duration END = Duration.ofSeconds(5);

  private final Selection selection;
  private final List<String> channels;
  private final @Nullable Outbox outbox;
  private final List<Courier> couriers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Interruption interruption = new Interruption();
  private volatile Runnable listener = () -> {};

  /** The ways to people. */
  public record Ports(Commands commands, HttpPost post, MailSystem mail) {}

  /**
   * What people have still to be told, as an earlier runner left it.
   *
   * @param state its directory is there when the deployment's file names a channel
   */
  public Notices(Deployment deployment, StateDir state, Ports ports, Clock clock)
      throws IOException {
    this(deployment, state, ports, clock, Courier.Patience.USUAL);
  }

  Notices(
      Deployment deployment, StateDir state, Ports ports, Clock clock, Courier.Patience patience)
      throws IOException {
    List<Channel> ways = channels(deployment, state, ports, clock);
    this.selection = new Selection(deployment.notification().on());
    this.channels = ways.stream().map(Channel::name).toList();
    this.outbox = ways.isEmpty() ? null : new Outbox(state, channels);
    if (outbox != null) {
      for (Channel way : ways) {
        Runnable changed = () -> listener.run();
        couriers.add(new Courier(way, outbox, clock, patience, interruption, changed));
      }
    }
  }

  private static List<Channel> channels(
      Deployment deployment, StateDir state, Ports ports, Clock clock) {
    Deployment.Notification notification = deployment.notification();
    List<Channel> channels = new ArrayList<>();
    if (!notification.run().isEmpty()) {
      channels.add(new CommandChannel(deployment, ports.commands(), state.outbox()));
    }
    if (notification.webhook() != null) {
      channels.add(new WebhookChannel(notification.webhook(), ports.post(), clock));
    }
    if (notification.mail() != null) {
      channels.add(new MailChannel(notification.mail(), ports.mail(), state.outbox(), clock));
    }
    return channels;
  }

  /**
   * Puts down what people are to be told of a result. When this returns it will be told, whatever
   * dies; so it is called before the result is told, and again when a crash came in between.
   */
  public void ended(Result result) throws IOException {
    Outbox box = outbox;
    if (box == null) {
      return;
    }
    Optional<Event> event = selection.event(result, box.told());
    if (event.isPresent()) {
      box.add(Wording.of(event.get(), result), channels);
      if (event.get() == Event.AVAILABLE) {
        box.tell(Objects.requireNonNull(result.to()));
      }
    }
  }

  /**
   * The same of an undo that had failed and is complete now.
   *
   * @param result what was told when it failed
   * @param at when it was completed, which is the same each time
   */
  public void repaired(Result result, Instant at) throws IOException {
    if (outbox != null && selection.on().contains(Event.REPAIRED)) {
      outbox.add(Wording.ofRepair(result, at), channels);
    }
  }

  /**
   * Begins to deliver, each channel on a thread of its own.
   *
   * @param changed is told, from any of them, whenever {@link #status} may have changed
   */
  public void start(Runnable changed) {
    listener = changed;
    for (Courier courier : couriers) {
      Thread thread = new Thread(courier, "notify-" + courier.channel());
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Waits until each channel has delivered all, or has failed to, or nobody wants to wait. */
  public void awaitRest(BooleanSupplier enough) {
    if (outbox != null) {
      outbox.await(() -> enough.getAsBoolean() || couriers.stream().allMatch(Courier::isResting));
    }
  }

  /** Has {@link #awaitRest} ask again whether anybody wants to wait. */
  public void hurry() {
    if (outbox != null) {
      outbox.disturb();
    }
  }

  /** What people have still to be told; null where nobody is told of anything. */
  public Status.@Nullable Notifications status() throws IOException {
    if (outbox == null) {
      return null;
    }
    Outbox.Backlog backlog = outbox.backlog();
    List<Status.Trouble> troubles =
        couriers.stream().map(Courier::trouble).filter(Objects::nonNull).toList();
    return new Status.Notifications(
        backlog.messages(), backlog.since(), backlog.givenUp(), troubles);
  }

  /** Ends soon; what is not delivered is for the next runner. */
  @Override
  public void close() {
    interruption.request(Interruption.Cause.SHUTDOWN);
    hurry();
    try {
      for (Thread thread : threads) {
        thread.join(END.toMillis());
        if (thread.isAlive()) {
          LOG.warn("{} takes long to end; going on without it", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }
}

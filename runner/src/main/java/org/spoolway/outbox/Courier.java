package org.spoolway.outbox;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Interruption;
import org.spoolway.outbox.Channel.Delivery;
import org.spoolway.outbox.Outbox.Letter;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Status;

/**
 * Carries one channel's messages in order, one at a time: tries, pauses longer and longer, and in
 * the end gives up. A message that cannot be delivered holds back those after it.
 */
final class Courier implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int GROWTH = 2;

  private final Channel channel;
  private final Outbox outbox;
  private final Clock clock;
  private final Patience patience;
  private final Interruption interruption;
  private final Runnable changed;
  private Duration pause;
  private volatile boolean resting;
  private volatile Status.@Nullable Trouble trouble;

  /**
   * How long a message is tried.
   *
   * @param first the pause after the first failure; each is twice as long as the one before
   * @param longest no pause is longer
   * @param whole a message that fails when it is older than this is given up
   */
  record Patience(Duration first, Duration longest, Duration whole) {

    /** Long enough for a weekend. */
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofDays(3));
  }

  /**
   * A courier.
   *
   * @param interruption ends its run
   * @param changed is told whenever something was delivered, or could not be
   */
  Courier(
      Channel channel,
      Outbox outbox,
      Clock clock,
      Patience patience,
      Interruption interruption,
      Runnable changed) {
    this.channel = channel;
    this.outbox = outbox;
    this.clock = clock;
    this.patience = patience;
    this.interruption = interruption;
    this.changed = changed;
    this.pause = patience.first();
  }

  String channel() {
    return channel.name();
  }

  /** Why the last try has failed, or null when it has not. */
  Status.@Nullable Trouble trouble() {
    return trouble;
  }

  /** Whether nothing will happen for a while: all is delivered, or the last try has failed. */
  boolean isResting() {
    return resting || !outbox.hasFor(channel.name());
  }

  @Override
  public void run() {
    while (!interruption.requested()) {
      outbox.await(() -> interruption.requested() || outbox.hasFor(channel.name()));
      if (!interruption.requested()) {
        tryOnce();
      }
    }
  }

  private void tryOnce() {
    try {
      Optional<Letter> letter = outbox.next(channel.name());
      if (letter.isPresent()) {
        settle(letter.get(), deliver(letter.get().message()));
      }
    } catch (IOException e) {
      failed(
          new Delivery.Failed(
              "cannot keep account of messages: " + e, Problem.STORAGE_FAILED.fix()));
    }
  }

  /** A bug must not end the thread; the next message may not meet it. */
  private Delivery deliver(Message message) {
    try {
      return channel.deliver(message, interruption);
    } catch (RuntimeException bug) {
      LOG.error("cannot deliver {} by {}", message.id(), channel.name(), bug);
      return new Delivery.Failed("cannot deliver: " + bug, Problem.INTERNAL.fix());
    }
  }

  private void settle(Letter letter, Delivery delivery) throws IOException {
    if (delivery instanceof Delivery.Done) {
      outbox.delivered(letter, channel.name());
      LOG.info("told by {}: {}", channel.name(), letter.message().subject());
      pause = patience.first();
      trouble = null;
      changed.run();
    } else if (delivery instanceof Delivery.Refused refused) {
      trouble = new Status.Trouble(channel.name(), refused.message(), refused.fix());
      giveUp(letter, refused.message(), refused.fix());
    } else if (delivery instanceof Delivery.Failed failed && !interruption.requested()) {
      if (isOld(letter.message())) {
        trouble = new Status.Trouble(channel.name(), failed.message(), failed.fix());
        giveUp(letter, failed.message(), failed.fix());
      } else {
        failed(failed);
      }
    }
  }

  private boolean isOld(Message message) {
    Instant end = message.at().plus(patience.whole());
    return end.isBefore(clock.instant());
  }

  private void giveUp(Letter letter, String why, String fix) throws IOException {
    LOG.error(
        "gave up telling by {}: {}: {}; Fix: {}",
        channel.name(),
        letter.message().subject(),
        why,
        fix);
    outbox.giveUp(letter, channel.name());
    changed.run();
  }

  private void failed(Delivery.Failed why) {
    LOG.warn("{}; trying again in {} s; Fix: {}", why.message(), pause.toSeconds(), why.fix());
    trouble = new Status.Trouble(channel.name(), why.message(), why.fix());
    changed.run();
    resting = true;
    outbox.disturb();
    interruption.await(pause);
    resting = false;
    Duration longer = pause.multipliedBy(GROWTH);
    pause = longer.compareTo(patience.longest()) > 0 ? patience.longest() : longer;
  }
}

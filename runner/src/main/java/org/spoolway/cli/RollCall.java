package org.spoolway.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.supervision.Supervisor;
import org.spoolway.supervision.Supervisor.Sign;
import org.spoolway.worker.LifeSign;

/**
 * Tells the supervisor how the workers fare: once, that all of them serve; then, as long as it is
 * so, that all are alive; and what they do.
 */
final class RollCall implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Supervisor supervisor;
  private final Supplier<List<Member>> roll;
  private final LongSupplier nanoTime;
  private final Optional<Duration> period;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(RollCall::thread);
  private boolean ready;
  private boolean told;
  private long nextSignNanos;
  private String described = "";
  private @Nullable Future<?> calls;

  /**
   * One worker.
   *
   * @param deployment whose it is
   * @param sign whether it gets on
   * @param doing what it does for a request
   */
  record Member(String deployment, LifeSign sign, Supplier<Optional<String>> doing) {}

  /**
   * @param roll who is called; others from time to time
   */
  RollCall(Supervisor supervisor, Supplier<List<Member>> roll, LongSupplier nanoTime) {
    this.supervisor = supervisor;
    this.roll = roll;
    this.nanoTime = nanoTime;
    this.period = supervisor.patience().map(patience -> patience.dividedBy(2));
  }

  /** Begins to tell, if anybody listens. */
  static RollCall start(Supervisor supervisor, Supplier<List<Post>> posts) {
    RollCall call =
        new RollCall(
            supervisor,
            () -> posts.get().stream().map(RollCall::member).toList(),
            System::nanoTime);
    if (supervisor.listens()) {
      call.calls = call.begin();
    }
    return call;
  }

  private static Member member(Post post) {
    return new Member(post.name(), post.worker().lifeSign(), post.worker()::doing);
  }

  private Future<?> begin() {
    return timer.scheduleWithFixedDelay(
        this::callUnlessBroken, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "roll-call");
    thread.setDaemon(true);
    return thread;
  }

  /** An exception would end the calls without a word. */
  private void callUnlessBroken() {
    try {
      call();
    } catch (RuntimeException bug) {
      LOG.error("cannot tell the supervisor how the workers fare", bug);
    }
  }

  /** Looks at all members, and tells what is news or due. */
  void call() {
    List<Member> members = roll.get();
    if (!ready && members.stream().allMatch(member -> member.sign().isServing())) {
      ready = true;
      nextSignNanos = nanoTime.getAsLong();
      supervisor.tell(Sign.READY);
    }
    String text = describe(members);
    if (!text.equals(described)) {
      described = text;
      supervisor.describe(text);
    }
    if (ready && period.isPresent() && nanoTime.getAsLong() - nextSignNanos >= 0) {
      giveSign(members, period.get());
    }
  }

  /** Without a sign the supervisor ends this process, and the next one recovers. */
  private void giveSign(List<Member> members, Duration limit) {
    List<Member> stuck = members.stream().filter(member -> !member.sign().isFresh(limit)).toList();
    if (stuck.isEmpty()) {
      told = false;
      nextSignNanos = nanoTime.getAsLong() + limit.toNanos();
      supervisor.tell(Sign.ALIVE);
    } else if (!told) {
      told = true;
      stuck.forEach(member -> tellOf(member, limit));
    }
  }

  private static void tellOf(Member member, Duration limit) {
    IllegalStateException where = new IllegalStateException("it is here");
    where.setStackTrace(member.sign().trace());
    LOG.error(
        "the worker of {} has not got on for {} s; the supervisor is told no more that all is well",
        member.deployment(),
        limit.toSeconds(),
        where);
  }

  private static String describe(List<Member> members) {
    List<String> parts = new ArrayList<>();
    parts.add(members.size() == 1 ? "1 deployment" : members.size() + " deployments");
    for (Member member : members) {
      Optional<String> doing =
          member.sign().isServing() ? member.doing().get() : Optional.of("recovering");
      doing.ifPresent(what -> parts.add(member.deployment() + ": " + what));
    }
    return String.join("; ", parts);
  }

  /** Tells that this process is about to end. */
  void stopping() {
    supervisor.tell(Sign.STOPPING);
  }

  @Override
  public void close() {
    if (calls != null) {
      calls.cancel(false);
    }
    timer.shutdown();
  }
}

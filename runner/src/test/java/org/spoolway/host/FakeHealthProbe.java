package org.spoolway.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.spoolway.schema.Version;

/**
 * A probe that answers from a script, by the version that is asked for, and records the questions.
 * A version without a script passes. The last answer of a script is given for ever.
 */
public final class FakeHealthProbe implements HealthProbe {

  private static final Answer HANG = new Answer(false, "never given");

  private final Map<Version, Deque<Answer>> scripts = new HashMap<>();
  private final List<Version> asked = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch hanging = new CountDownLatch(1);

  /** Appends an answer that passes. */
  public void pass(Version version) {
    script(version, new Answer(true, "200 with version " + version.text()));
  }

  /** Appends an answer that does not pass, such as {@code 503}. */
  public void fail(Version version, String observed) {
    script(version, new Answer(false, observed));
  }

  /** Appends an answer that never comes: only an interruption ends the question. */
  public void hang(Version version) {
    script(version, HANG);
  }

  /** The versions that were asked for, in order. */
  public List<Version> asked() {
    return List.copyOf(asked);
  }

  /** Waits until a question hangs. */
  public void awaitHanging() throws InterruptedException {
    hanging.await();
  }

  @Override
  public Answer ask(Version expected, Interruption interruption) {
    asked.add(expected);
    Answer answer = next(expected);
    if (answer.equals(HANG)) {
      hanging.countDown();
      interruption.signal().join();
    }
    return interruption.requested()
        ? new Answer(false, "given up, because the job was asked to end")
        : answer;
  }

  private synchronized void script(Version version, Answer answer) {
    scripts.computeIfAbsent(version, v -> new ArrayDeque<>()).add(answer);
  }

  private synchronized Answer next(Version expected) {
    Deque<Answer> script = scripts.getOrDefault(expected, new ArrayDeque<>());
    if (script.isEmpty()) {
      return new Answer(true, "200 with version " + expected.text());
    }
    return script.size() == 1 ? script.getFirst() : script.removeFirst();
  }
}

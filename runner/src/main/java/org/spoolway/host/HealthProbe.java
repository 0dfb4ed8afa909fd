package org.spoolway.host;

import java.net.URI;
import org.spoolway.schema.Version;

/** One look at whether a release answers well. */
public interface HealthProbe {

  /** Of a deployment that names nothing to ask: always passes. */
  static HealthProbe none() {
    return NoHealthProbe.INSTANCE;
  }

  /**
   * Asks once; takes no longer than the probe's own limit, and ends early when interrupted. Never
   * throws: whatever comes back is an answer.
   *
   * @param expected the version that the answer must carry
   */
  Answer ask(Version expected, Interruption interruption);

  /** The same question to another address; who asks nobody asks nobody there either. */
  default HealthProbe at(URI url) {
    return this;
  }

  /**
   * What came back.
   *
   * @param passes whether the expected version answered well
   * @param observed for people: what was seen, one line, such as {@code 200 with version 1.0.0}
   */
  record Answer(boolean passes, String observed) {}
}

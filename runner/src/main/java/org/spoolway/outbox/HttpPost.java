package org.spoolway.outbox;

import java.net.URI;
import java.util.Map;
import org.spoolway.host.Interruption;

/** Posts one document over HTTP. */
@FunctionalInterface
public interface HttpPost {

  /**
   * Posts it, within seconds; follows no redirect.
   *
   * @param interruption ends it early
   */
  Reply send(URI url, Map<String, String> headers, byte[] body, Interruption interruption);

  /**
   * What came of it.
   *
   * @param status the answer's status, or 0 when none came
   * @param observed the same for people, or why none came
   */
  record Reply(int status, String observed) {}
}

package org.spoolway.outbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.spoolway.host.Interruption;

/** A receiver of messages that only pretends. Any thread may ask and look. */
public final class FakePost implements HttpPost {

  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private volatile Reply reply = new Reply(200, "it answered 200");

  /** What was posted, whatever the answer. */
  public record Posted(URI url, Map<String, String> headers, String body) {}

  /** Answers with this status from now on; 0 for nobody being there. */
  public void answer(int status) {
    reply = new Reply(status, status == 0 ? "connection refused" : "it answered " + status);
  }

  /** All that was posted, in order. */
  public List<Posted> posted() {
    return List.copyOf(posted);
  }

  @Override
  public Reply send(URI url, Map<String, String> headers, byte[] body, Interruption interruption) {
    posted.add(new Posted(url, Map.copyOf(headers), new String(body, StandardCharsets.UTF_8)));
    return reply;
  }
}

package org.spoolway.outbox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.spoolway.deployment.Deployment.Webhook;
import org.spoolway.host.Interruption;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;

/**
 * Posts messages as JSON. What a client did wrong it would do wrong again, so such a message is
 * given up; anything else that is no success is tried again. The path of the URL is shown to
 * nobody: with many services it is the password.
 */
final class WebhookChannel implements Channel {

  static final String NAME = "webhook";

  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final Set<Integer> LATER = Set.of(REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY);

  private final Webhook webhook;
  private final HttpPost post;
  private final Clock clock;

  WebhookChannel(Webhook webhook, HttpPost post, Clock clock) {
    this.webhook = webhook;
    this.post = post;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Delivery deliver(Message message, Interruption interruption) {
    byte[] body = SchemaJson.line(message).getBytes(StandardCharsets.UTF_8);
    try {
      Map<String, String> headers = headers(message.id(), body);
      return judge(post.send(webhook.url(), headers, body, interruption));
    } catch (ProblemException e) {
      return new Delivery.Failed(String.valueOf(e.getMessage()), e.fix());
    }
  }

  private Map<String, String> headers(String id, byte[] body) throws ProblemException {
    Instant now = clock.instant();
    Path secret = webhook.secretFile();
    return secret == null
        ? Signature.unsigned(id, now)
        : Signature.signed(id, now, body, Signature.secret(secret));
  }

  private Delivery judge(HttpPost.Reply reply) {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return new Delivery.Done();
    }
    String message = "cannot post to " + webhook.url().getAuthority() + ": " + reply.observed();
    boolean refused = status >= 400 && status < 500 && !LATER.contains(status);
    return refused
        ? new Delivery.Refused(
            message, "Correct `notify.webhook` or `notify.secretFile`, or what is behind it.")
        : new Delivery.Failed(
            message, "See that `notify.webhook` answers; it is tried again by itself.");
  }
}

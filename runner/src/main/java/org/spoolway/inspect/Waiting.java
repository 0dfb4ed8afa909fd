package org.spoolway.inspect;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

/**
 * A request that has not ended.
 *
 * @param deployment the deployment
 * @param origin the inbox it came through
 * @param id its id; null before it was understood
 * @param name its file's name
 * @param action what was asked; null when that is not known yet
 * @param version the release it names, or null
 * @param owner who owns its file
 * @param submittedAt when it arrived
 * @param state how far it is
 * @param notBefore until when it is held back, or null
 * @param expires when it is not worth carrying out any more, or null
 */
public record Waiting(
    String deployment,
    String origin,
    @Nullable RequestId id,
    String name,
    @Nullable Action action,
    @Nullable Version version,
    String owner,
    Instant submittedAt,
    State state,
    @Nullable Instant notBefore,
    @Nullable Instant expires) {

  /** How far a request is that has not ended. */
  public enum State {
    /** Being carried out, or being undone. */
    RUNNING,
    /** Its turn will come. */
    QUEUED,
    /** Held back until its time. */
    HELD,
    /** Taken from its inbox, and not understood yet. */
    CLAIMED,
    /** In its inbox. */
    INBOX;

    /** The name used in JSON. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Waiting of(String deployment, OpenJobs.OpenJob open, State state) {
    return new Waiting(
        deployment,
        open.job().accepted().origin(),
        open.job().accepted().id(),
        open.job().accepted().name(),
        open.job().request().action(),
        open.job().request().parameters().version(),
        open.job().accepted().owner().user(),
        open.job().accepted().submittedAt(),
        state,
        open.job().request().notBefore(),
        open.job().request().expires());
  }

  /** What is known of it when the journals may not be read. */
  static Waiting of(Result result) {
    return new Waiting(
        result.deployment(),
        result.origin(),
        result.id(),
        result.order() == null ? result.id().value() : result.order().name(),
        result.action(),
        result.to(),
        result.owner().user(),
        result.submittedAt(),
        result.state() == Outcome.QUEUED ? State.QUEUED : State.RUNNING,
        null,
        null);
  }
}

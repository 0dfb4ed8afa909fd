package org.spoolway.outbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

/** Results for tests. */
final class Told {

  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Told() {}

  /** An update from 1.0.0 to 1.1.0 that ended so. */
  static Result update(String id, Outcome state) {
    Failure failure =
        state == Outcome.SUCCEEDED
            ? null
            : new Failure("GATE_FAILED", "gate", "cannot pass the gate: 503", "Look at it.");
    return result(id, Action.UPDATE, state, "1.1.0", failure, null);
  }

  /** A check that found a release, or none. */
  static Result check(String id, @Nullable String found) {
    return result(id, Action.CHECK, Outcome.SUCCEEDED, found, null, null);
  }

  /** An update that failed, with text of strangers in its result. */
  static Result because(String reason, String message) {
    Failure failure = new Failure("BUILD_FAILED", "build", message, "Correct it.");
    return result("strange", Action.UPDATE, Outcome.FAILED, "1.1.0", failure, reason);
  }

  static Result result(
      String id,
      Action action,
      Outcome state,
      @Nullable String to,
      @Nullable Failure failure,
      @Nullable String reason) {
    return new Result(
        Result.SCHEMA,
        new RequestId(id),
        "web",
        "notes",
        action,
        state,
        new Version("1.0.0"),
        to == null ? null : new Version(to),
        false,
        reason == null ? null : "Ann",
        new Result.Owner(1001, "notes-web"),
        reason,
        1,
        7L,
        new Result.Order(NOON, id),
        null,
        null,
        null,
        NOON,
        NOON,
        null,
        NOON.plusSeconds(3),
        null,
        List.of(),
        List.of(),
        failure,
        null,
        null);
  }
}

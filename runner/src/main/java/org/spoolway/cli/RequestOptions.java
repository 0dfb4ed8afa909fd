package org.spoolway.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import picocli.CommandLine.Option;

/** What every request can carry. */
final class RequestOptions {

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "Ask through this inbox (default: operator, or the only one).")
  private @Nullable String origin;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Say why; people see it in the result.")
  private @Nullable String reason;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "Hold it, and nothing behind it, until this time (RFC 3339, or +2h).")
  private @Nullable Moment notBefore;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "Do not start it after this time (RFC 3339, or +1d).")
  private @Nullable Moment expires;

  @Option(names = "--dry-run", description = "Work out the steps and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--plan",
      paramLabel = "SHA256",
      description = "Refuse it unless the plan is still the one with this hash.")
  private @Nullable String plan;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Use this id: asking again with the same one is the same request.")
  private @Nullable RequestId id;

  @Nullable String origin() {
    return origin;
  }

  /** The request, asked for now. */
  Request request(Action action, Request.@Nullable Params params, String requestedBy, Instant now)
      throws UsageException {
    if (action == Action.CANCEL) {
      requireNothingAboutWhenOrHow();
    }
    return new Request(
        Request.SCHEMA,
        id,
        action,
        params,
        reason,
        requestedBy,
        dryRun,
        plan,
        notBefore == null ? null : notBefore.at(now),
        expires == null ? null : expires.at(now));
  }

  /** A cancel does not wait its turn and has no plan: it would be carried out all the same. */
  private void requireNothingAboutWhenOrHow() throws UsageException {
    refuse("--dry-run", dryRun);
    refuse("--plan", plan != null);
    refuse("--not-before", notBefore != null);
    refuse("--expires", expires != null);
  }

  private static void refuse(String option, boolean given) throws UsageException {
    if (given) {
      throw new UsageException(
          "cannot cancel with " + option + ": a cancel is carried out at once", "Leave it out.");
    }
  }
}

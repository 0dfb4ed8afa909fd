package org.spoolway.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment.Event;
import org.spoolway.schema.Action;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Result;
import org.spoolway.wording.Printable;

/**
 * Makes messages of results; pure. Foreign text stays in its line, and shows what it has in it that
 * a terminal would obey.
 */
final class Wording {

  /** An address space of this product's own for what is told, after RFC 4122. */
  private static final String NAMESPACE = "spoolway notification";

  private Wording() {}

  /** The message that tells of a terminal result. */
  static Message of(Event event, Result result) {
    String name = event.name().toLowerCase(Locale.ROOT);
    String outcome =
        event == Event.AVAILABLE
            ? result.to() + " is available"
            : action(result) + " " + name.replace('_', ' ');
    Instant at = Objects.requireNonNull(result.finishedAt(), "a terminal result has it");
    return message(name, outcome, text(event, outcome, result), at, result);
  }

  /** The message that tells that the undo of a job which needed intervention is complete. */
  static Message ofRepair(Result result, Instant at) {
    String name = Event.REPAIRED.name().toLowerCase(Locale.ROOT);
    String outcome = "the undo of " + action(result) + " is complete";
    StringBuilder text = new StringBuilder();
    text.append(result.deployment()).append(": ").append(outcome).append(".\n\n");
    line(text, "Live", result.from());
    line(text, "What stood in the way", result.error() == null ? null : result.error().message());
    line(text, "Complete at", at);
    line(text, "Request", result.origin() + "/" + result.id());
    line(text, "Log", result.log());
    return message(name, outcome, text.toString(), at, result);
  }

  private static Message message(
      String event, String outcome, String text, Instant at, Result result) {
    return new Message(
        Message.SCHEMA,
        id(event, result),
        event,
        result.deployment(),
        "[spoolway] " + result.deployment() + ": " + outcome,
        text,
        at,
        result);
  }

  /** From what a restart after a crash finds again, so that both times it is the same message. */
  private static String id(String event, Result result) {
    String outcome =
        String.join(
            "\n",
            NAMESPACE,
            result.deployment(),
            result.origin(),
            result.id().value(),
            event,
            String.valueOf(result.finishedAt()));
    return UUID.nameUUIDFromBytes(outcome.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String action(Result result) {
    Action action = result.action();
    String verb = action == null ? "request" : action.wireName();
    boolean leads = action == Action.UPDATE || action == Action.ROLLBACK;
    return leads && result.to() != null ? verb + " to " + result.to() : verb;
  }

  private static String text(Event event, String outcome, Result result) {
    StringBuilder text = new StringBuilder();
    text.append(result.deployment()).append(": ").append(outcome).append(".\n\n");
    Failure error = result.error();
    if (error != null) {
      line(text, "What happened", error.message());
      line(text, "What to do", error.fix());
    }
    if (event == Event.SUCCEEDED) {
      result.steps().stream()
          .filter(step -> step.state().equals("failed"))
          .forEach(step -> line(text, "But " + step.name() + " failed", step.detail()));
    }
    if (event == Event.AVAILABLE) {
      line(text, "What to do", "`spoolway update " + result.deployment() + "` installs it.");
    }
    line(text, "Live before", result.from());
    line(text, "Asked for by", result.requestedBy());
    line(text, "Because", result.reason());
    line(text, "Ended at", result.finishedAt());
    if (result.downtimeMillis() != null) {
      line(text, "Users could notice", result.downtimeMillis() + " ms of it");
    }
    line(text, "Request", result.origin() + "/" + result.id());
    line(text, "Log", result.log());
    return text.toString();
  }

  private static void line(StringBuilder text, String label, @Nullable Object value) {
    if (value != null) {
      text.append(label).append(": ").append(Printable.line(value.toString())).append('\n');
    }
  }
}

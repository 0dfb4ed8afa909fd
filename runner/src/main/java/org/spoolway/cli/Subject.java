package org.spoolway.cli;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an action that is named on the command line is about. */
final class Subject {

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "SUBJECT",
      description = "The snapshot for restore, the request's id for cancel.")
  private @Nullable String subject;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The release for update and rollback (default: the action's own choice).")
  private @Nullable Version version;

  /** The parameters that go with an action. */
  Request.@Nullable Params params(Action action) throws UsageException {
    boolean takesVersion = action == Action.UPDATE || action == Action.ROLLBACK;
    if (version != null && !takesVersion) {
      throw new UsageException(
          "cannot " + action.wireName() + " " + version + ": it takes no version",
          "Leave --version out.");
    }
    return switch (action) {
      case RESTORE -> new Request.Params(null, null, null, required(action, "the snapshot"));
      case CANCEL ->
          new Request.Params(
              null, Spelled.requestId(required(action, "the request's id")), null, null);
      default -> version();
    };
  }

  private Request.@Nullable Params version() throws UsageException {
    if (subject != null) {
      throw new UsageException(
          "cannot understand " + subject + ": only restore and cancel take one more word",
          "Leave it out, or name a release with --version.");
    }
    return version == null ? null : Request.Params.version(version);
  }

  private String required(Action action, String what) throws UsageException {
    if (subject == null) {
      throw new UsageException(
          "cannot " + action.wireName() + ": " + what + " is missing",
          "Add it after the action; `spoolway snapshots` and `spoolway queue` list what there is.");
    }
    return subject;
  }
}

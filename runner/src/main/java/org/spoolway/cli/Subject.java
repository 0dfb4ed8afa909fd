package org.spoolway.cli;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;
import org.spoolway.wording.Quoted;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an action that is named on the command line is about. */
final class Subject {

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The release for update and rollback (default: the action's own choice).")
  private @Nullable Version version;

  @Mixin private DataOption option = new DataOption();

  /**
   * The parameters that go with an action.
   *
   * @param subject one more word of the command line, or null
   */
  Request.@Nullable Params params(Action action, @Nullable String subject) throws UsageException {
    boolean takesVersion = action == Action.UPDATE || action == Action.ROLLBACK;
    if (version != null && !takesVersion) {
      throw new UsageException(
          "cannot " + action.wireName() + " " + version + ": it takes no version",
          "Leave --version out; update and rollback take one.");
    }
    if (option.data() != null && action != Action.ROLLBACK) {
      throw new UsageException(
          "cannot " + action.wireName() + " with --data: only a rollback takes it",
          "Leave --data out.");
    }
    return switch (action) {
      case RESTORE ->
          Request.Params.snapshot(
              required(
                  action,
                  subject,
                  "the snapshot",
                  "Name one that `spoolway snapshots` lists: `spoolway restore DEPLOYMENT SNAPSHOT`."));
      case CANCEL ->
          Request.Params.request(
              id(
                  required(
                      action,
                      subject,
                      "the id",
                      "Name one that `spoolway queue` lists: `spoolway cancel ID`.")),
              null);
      default -> version(subject);
    };
  }

  private Request.@Nullable Params version(@Nullable String subject) throws UsageException {
    if (subject != null) {
      throw new UsageException(
          "cannot understand "
              + Quoted.of(subject)
              + ": only restore and cancel take one more word",
          "Leave it out, or name a release with --version.");
    }
    return version == null && option.data() == null
        ? null
        : Request.Params.rollback(version, option.data());
  }

  private static RequestId id(String word) throws UsageException {
    try {
      return new RequestId(word);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "cannot cancel " + Quoted.of(word) + ": " + e.getMessage(),
          "Use an id that `spoolway queue` lists.");
    }
  }

  private static String required(Action action, @Nullable String subject, String what, String fix)
      throws UsageException {
    if (subject == null) {
      throw new UsageException("cannot " + action.wireName() + ": " + what + " is missing", fix);
    }
    return subject;
  }
}

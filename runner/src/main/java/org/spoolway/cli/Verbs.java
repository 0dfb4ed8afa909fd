package org.spoolway.cli;

import java.util.List;
import java.util.Set;

/** All verbs. */
final class Verbs {

  /** In the order in which help lists them. */
  static final List<String> NAMES =
      List.of(
          "run",
          "enqueue",
          "update",
          "rollback",
          "check",
          "restart",
          "backup",
          "restore",
          "prune",
          "cancel",
          "status",
          "queue",
          "history",
          "result",
          "logs",
          "explain",
          "releases",
          "snapshots",
          "plan",
          "pause",
          "resume",
          "recover",
          "install",
          "uninstall",
          "migrate-layout",
          "doctor",
          "verify",
          "channel",
          "schema",
          "completion");

  /** Words that later versions give a meaning to. */
  static final Set<String> PLANNED = Set.of("hotfix", "modules");

  private Verbs() {}

  /** The class of a verb; a switch, so that no other is loaded. */
  static Class<? extends Verb> type(String name) {
    return switch (name) {
      case "run" -> RunVerb.class;
      case "enqueue" -> EnqueueVerb.class;
      case "update" -> UpdateVerb.class;
      case "rollback" -> RollbackVerb.class;
      case "check" -> CheckVerb.class;
      case "restart" -> RestartVerb.class;
      case "backup" -> BackupVerb.class;
      case "restore" -> RestoreVerb.class;
      case "prune" -> PruneVerb.class;
      case "cancel" -> CancelVerb.class;
      case "status" -> StatusVerb.class;
      case "queue" -> QueueVerb.class;
      case "history" -> HistoryVerb.class;
      case "result" -> ResultVerb.class;
      case "logs" -> LogsVerb.class;
      case "explain" -> ExplainVerb.class;
      case "releases" -> ReleasesVerb.class;
      case "snapshots" -> SnapshotsVerb.class;
      case "plan" -> PlanVerb.class;
      case "pause" -> PauseVerb.class;
      case "resume" -> ResumeVerb.class;
      case "recover" -> RecoverVerb.class;
      case "install" -> InstallVerb.class;
      case "uninstall" -> UninstallVerb.class;
      case "migrate-layout" -> MigrateLayoutVerb.class;
      case "doctor" -> DoctorVerb.class;
      case "verify" -> VerifyVerb.class;
      case "channel" -> ChannelVerb.class;
      case "schema" -> SchemaVerb.class;
      case "completion" -> CompletionVerb.class;
      default -> throw new IllegalArgumentException("no verb " + name);
    };
  }

  /** The verbs that a command line needs: the one it names, none for the version, else all. */
  static List<String> wanted(String[] args) {
    boolean isValue = false;
    for (String word : args) {
      if (isValue) {
        isValue = false;
      } else if (NAMES.contains(word)) {
        return List.of(word);
      } else if (word.equals("--version")) {
        return List.of();
      } else if (word.equals("-h") || word.equals("--help")) {
        return NAMES;
      } else {
        isValue = word.equals("--home");
      }
    }
    return NAMES;
  }
}

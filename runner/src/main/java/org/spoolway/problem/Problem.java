package org.spoolway.problem;

/**
 * The kinds of problem. The constant's name is the {@code code} in results; the text is the fix
 * that holds when the place where it was found knows no better one.
 */
public enum Problem {
  REQUEST_MALFORMED(
      "Correct the file and drop it again under a new name; `spoolway schema request` prints the form."),
  REQUEST_UNREADABLE(
      "Let the runner's user read the file (a umask of 022 does), hold no lease on it, and drop it again under a new name."),
  NOT_A_REGULAR_FILE(
      "Drop a plain file: write it under a dot name, then rename it into the inbox."),
  CONTENT_UNDER_TOUCH_NAME(
      "Leave the file empty, or name it <time>.json and write a JSON request into it."),
  ID_TAKEN("Use a new id for a new request."),
  TOO_MANY_HELD("Cancel some that wait for their time, or ask again when it has come."),
  ACTION_NOT_ALLOWED("Ask the administrator to add the action to this origin's `actions`."),
  OWNER_NOT_ALLOWED("Drop the file as a user whom `owners` of this origin lists."),
  ACTION_NOT_SUPPORTED(
      "Use an action that `spoolway --help` lists; this version cannot do that one."),
  EXPIRED("Ask again without `expires`, or with a later one."),
  CANCELLED("Nothing to do; ask again when you want it."),
  CANCEL_TOO_LATE("Wait for its result; `rollback` goes back after it has succeeded."),
  REQUEST_UNKNOWN("List the requests with `spoolway queue` and `spoolway history`."),
  PLAN_CHANGED("Look at the new plan with `spoolway plan`, then ask with its hash or with none."),
  CONFIGURATION("Correct the deployment file; `spoolway schema deployment` prints all keys."),
  DEPLOYMENT_UNKNOWN("Name one that `spoolway status` lists, or write its file."),
  UNSAFE_PATH("Give the path back to the runner's user or root, and let nobody else write there."),
  BUSY("Wait for the other runner to end, or stop it."),
  SOURCE_UNREACHABLE("Check `source.url` and the network, then ask again."),
  SOURCE_EMPTY("Tag a release in the repository, such as v1.0.0, and check `channel` and `pin`."),
  SOURCE_CHANGED("Ask again; if it repeats, the tag was moved or removed in the repository."),
  SOURCE_UNUSABLE("Correct the release in the repository and tag it anew."),
  SIGNATURE_REFUSED(
      "Have its maker sign it (`git tag -s`, or `minisign -Sm` for an archive) with a key of `source.trust`; or put the maker's public key there, if you know that it is theirs."),
  TAG_MOVED(
      "Ask the release's maker; a correction is a new version, and the old one goes back to what it was."),
  CHANNEL_REFUSED(
      "Ask again; if it repeats, ask the application's makers: somebody may be keeping new releases from this host, or offering it false ones."),
  CHANNEL_EXPIRED(
      "Check this host's clock; then ask the application's makers to renew the file (`spoolway channel renew`)."),
  VERSION_UNKNOWN("Ask for a version that `source.url` has, or for none to get the newest."),
  DOWNGRADE_REFUSED(
      "An origin that may `rollback` can name the version; otherwise wait for a newer release."),
  VERSION_NOT_OFFERED(
      "Wait until it is offered, ask as an origin that may `rollback`, or change `channel`, `pin` or `updates` in the deployment file if they are the reason."),
  NOTHING_TO_GO_BACK_TO("Name a release that `spoolway releases` lists with --version."),
  ROLLBACK_WOULD_LOSE(
      "Ask with `--data=restore` to have the data of before the update, and find those of now in `spoolway snapshots`; or repair what is live with a newer release."),
  SCHEMA_MISMATCH(
      "Ask with `--data=restore` if data of that release are kept, or go forward with `spoolway update`, which migrates them."),
  NOT_INSTALLED("Install a release first: `spoolway update DEPLOYMENT`."),
  ROOT_NOT_WRITABLE("Give the runner's user write access to `root`."),
  ROOT_OCCUPIED(
      "Make it the first release with `spoolway migrate-layout FILE.toml`, which can be undone, or let `root` name another directory."),
  DISK_FULL("Free space (`spoolway prune` removes old releases and snapshots), then ask again."),
  SHARED_MISSING("Create it below `shared/`, or name it in `[shared] create`."),
  BUILD_FAILED("Read the job's log, correct the release and tag it anew, then ask again."),
  BUILD_TIMED_OUT("Raise `build.timeout`, or find in the log what it waited for."),
  RELEASE_DAMAGED(
      "Remove that release's directory and ask again; it is then fetched and built anew."),
  PENDING_CHECK_FAILED(
      "Put right what the message names; `migrate.pending` exits 0 (nothing pending) or 10 (pending)."),
  MIGRATION_REFUSED(
      "Correct the file that the message names, tag a new release, and ask again; nothing was applied."),
  SNAPSHOT_FAILED("Check the database and the space below `snapshots/`, then ask again."),
  SNAPSHOT_UNKNOWN("Name a snapshot that `spoolway snapshots` lists."),
  SNAPSHOT_OF_OTHER_VERSION(
      "Go to that release first with `spoolway rollback --version`, then restore."),
  RESTORE_FAILED("Check the database and the space beside it, then run `spoolway recover`."),
  MIGRATION_FAILED("Read the job's log, correct the migration and tag a new release."),
  MIGRATION_TIMED_OUT("Raise `migrate.timeout`, or find in the log what the migration waited for."),
  COMMAND_NOT_ENDED(
      "Wait until the processes that the message names have ended, or restart the machine, then run `spoolway recover`."),
  INSTALL_FAILED("Put right what the message names, then install again: it goes on where it was."),
  ADOPTION_REFUSED("Put right what the message names, then run `spoolway migrate-layout` again."),
  HOST_FILE_REFUSED(
      "Correct the file in the release, tag it anew, and ask again; what is installed was not touched."),
  CONFIGURE_FAILED(
      "Read what the message says of the unit or the proxy's snippet, correct it, and ask again."),
  SERVICE_START_FAILED(
      "Read the service's last lines in the job's log and correct the start command."),
  SERVICE_STOP_FAILED("End the process by hand, then ask again."),
  SERVICE_DIED("Read the service's last lines in the job's log and correct the release."),
  GATE_FAILED(
      "Open `health.url` on this host, or read the service's last lines in the job's log; the release must answer with its own version."),
  NOTIFY_FAILED(
      "Put right what the message names; it is tried again by itself, and the job is not affected."),
  INTERRUPTED("Nothing to repair; ask again if you still want it."),
  TOO_MANY_ATTEMPTS("Find in the runner's log what ends it, then ask again."),
  UNDO_FAILED(
      "Put right what the message names, then run `spoolway recover`; what you have undone by hand, it skips with --by-hand."),
  UNDO_PENDING("Put right what the earlier job's result names, then run `spoolway recover`."),
  JOURNAL_DAMAGED("Check the disk, look at `spoolway status`, and ask again."),
  STORAGE_FAILED("Check the disk and the permissions of the path in the message, then ask again."),
  INTERNAL("Report it with the runner's log; this is a bug in Spoolway.");

  private final String fix;

  Problem(String fix) {
    this.fix = fix;
  }

  /** What to do about it, as a sentence. */
  public String fix() {
    return fix;
  }
}

package org.spoolway.layout;

import java.nio.file.Path;

/**
 * What only the runner reads and writes about one deployment.
 *
 * <pre>
 * lock               held by the living runner
 * sequence           the next block of sequence numbers
 * journals/TICKET    one per job that is not finished
 * broken.journal     the job whose undo failed, until an undo succeeds
 * history.jsonl      what ran here, one line per job that changed or tried to change it
 * available.json     what the last check found
 * verified.json      which releases were found to be signed, by whom, and what their tags named
 * channel-trust.json what was believed of the makers' channel so far, and whose word counts there
 * archives/          the archive that was fetched last; archives.lock is held while it is written or read
 * candidates/        what was seen in a directory of candidates, and the one that was fetched last; the lock is
 *                    candidates.lock
 * mirror.git/        the git mirror; modules/ holds those of submodules
 * service.json       which process serves; service.log is its output
 * seat               which of two processes that hand over to each other is the one that serves; second/ has
 *                    the files of service.* for every other one
 * service.stdin      empty; what it and all that it starts have as standard input
 * commands.stdin     empty; the same for the commands of jobs
 * host/              the files outside of its root: as they were put there, and as they were before
 * host/unread        exists while what was put back there has still to be read by its readers
 * adopted.json       how a flat checkout became the first release; adopted.owners is whose its files were
 * restoring          exists while commands put data back, so that what is there is not whole
 * paused             exists while the queue is held by an operator
 * outbox/N.json      a message that some channel has still to deliver; only where there are channels
 * outbox/given-up/   messages that a channel could not deliver, the newest hundred
 * outbox/available   the newest release that people were told of
 * outbox/mail        the mail in hand; outbox/commands.stdin is as above, for what delivers
 * </pre>
 *
 * @param path the state directory of the deployment
 */
public record StateDir(Path path) {

  /** The kernel lock's file. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** The counter behind {@code sequence}. */
  public Path sequence() {
    return path.resolve("sequence");
  }

  /** The directory of the journals of unfinished jobs. */
  public Path journals() {
    return path.resolve("journals");
  }

  /** The journal of one job. */
  public Path journal(String ticket) {
    return journals().resolve(ticket);
  }

  /** The journal whose undo failed; at most one, since nothing else runs before it is put right. */
  public Path brokenJournal() {
    return path.resolve("broken.journal");
  }

  /** What ran here. */
  public Path history() {
    return path.resolve("history.jsonl");
  }

  /** What the last check found. */
  public Path available() {
    return path.resolve("available.json");
  }

  /** Which releases were found to be signed. */
  public Path verifiedReleases() {
    return path.resolve("verified.json");
  }

  /** What was believed of the makers' channel so far. */
  public Path channelTrust() {
    return path.resolve("channel-trust.json");
  }

  /** The mirror of the source repository. */
  public Path mirror() {
    return path.resolve("mirror.git");
  }

  /** The mirrors of submodules. */
  public Path submoduleMirrors() {
    return path.resolve("modules");
  }

  /** The archive that was fetched last. */
  public Path archives() {
    return path.resolve("archives");
  }

  /** What was seen in a directory of candidates, and the one that was fetched last. */
  public Path candidates() {
    return path.resolve("candidates");
  }

  /** Small files of servers, so that they are not transferred again while they stay the same. */
  public Path documents() {
    return path.resolve("documents");
  }

  /** The record of the process that serves. */
  public Path service() {
    return path.resolve("service.json");
  }

  /** The output of the process that serves. */
  public Path serviceLog() {
    return path.resolve("service.log");
  }

  /** The standard input of the process that serves: empty, and nobody else's. */
  public Path serviceInput() {
    return path.resolve("service.stdin");
  }

  /** Which of two processes that hand over to each other serves. */
  public Path seat() {
    return path.resolve("seat");
  }

  /** Where every other process that is handed over to has its record, its output and its input. */
  public StateDir secondSeat() {
    return new StateDir(path.resolve("second"));
  }

  /** The standard input of the commands of jobs: empty, and nobody else's. */
  public Path commandInput() {
    return path.resolve("commands.stdin");
  }

  /** What is known of the files that lie outside of the application's root. */
  public Path hostFiles() {
    return path.resolve("host");
  }

  /** The files outside as they were put there last. */
  public Path installedHostFiles() {
    return hostFiles().resolve("installed.json");
  }

  /** Exists while systemd and the proxy have still to read what was put back outside. */
  public Path unreadHostFiles() {
    return hostFiles().resolve("unread");
  }

  /** The files outside as they were before a job. */
  public Path savedHostFiles(long sequence) {
    return hostFiles().resolve("before-" + sequence + ".json");
  }

  /** What people have still to be told. */
  public Path outbox() {
    return path.resolve("outbox");
  }

  /** What people were not told, since it could not be delivered. */
  public Path givenUp() {
    return outbox().resolve("given-up");
  }

  /** How a flat checkout became the first release. */
  public Path adoption() {
    return path.resolve("adopted.json");
  }

  /** Whose the files of that checkout were. */
  public Path adoptedOwners() {
    return path.resolve("adopted.owners");
  }

  /** Exists from before commands put data back until they have; also when they were cut short. */
  public Path restoring() {
    return path.resolve("restoring");
  }

  /** Exists while an operator holds the queue. */
  public Path paused() {
    return path.resolve("paused");
  }
}

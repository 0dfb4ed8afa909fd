package org.spoolway.layout;

import java.nio.file.Path;

/**
 * The queue directories of one deployment.
 *
 * <pre>
 * incoming/ORIGIN/        1730  writers of the origin drop here; nobody can list
 * processing/TICKET/NAME  0700  a claimed entry, as it was dropped, one directory per claim
 * rejected/ORIGIN/ID      0700  what was refused, as it was
 * results/ORIGIN/ID.json  0750  group-readable
 * logs/ORIGIN/ID.log      0750  group-readable
 * room/ORIGIN             0700  for an origin's next result, on a disk that is full
 * status.json             0644  all a page needs to draw itself
 * </pre>
 *
 * @param path the spool of the deployment
 */
public record SpoolDir(Path path) {

  /** The parent of all inboxes. */
  public Path inboxes() {
    return path.resolve("incoming");
  }

  /** The inbox of an origin. */
  public Path inbox(String origin) {
    return inboxes().resolve(origin);
  }

  /** Claimed entries; nobody but the runner can enter. */
  public Path processing() {
    return path.resolve("processing");
  }

  /** The directory that one claim is moved into; fresh for each, so that no rename can clobber. */
  public Path claim(String ticket) {
    return processing().resolve(ticket);
  }

  /** The parent of all that was refused. */
  public Path rejected() {
    return path.resolve("rejected");
  }

  /** What was refused of an origin's. */
  public Path rejected(String origin) {
    return rejected().resolve(origin);
  }

  /** The parent of all results. */
  public Path results() {
    return path.resolve("results");
  }

  /** The results of an origin. */
  public Path results(String origin) {
    return results().resolve(origin);
  }

  /** The result of one request. */
  public Path result(String origin, String id) {
    return results(origin).resolve(id + ".json");
  }

  /** The parent of all rooms. */
  public Path rooms() {
    return path.resolve("room");
  }

  /** Room set aside for an origin's next result; on the same file system, so that it can be one. */
  public Path room(String origin) {
    return rooms().resolve(origin);
  }

  /** The parent of all logs. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** The logs of an origin. */
  public Path logs(String origin) {
    return logs().resolve(origin);
  }

  /** The log of one request. */
  public Path log(String origin, String id) {
    return logs(origin).resolve(id + ".log");
  }

  /** A log's place as results name it: relative to the spool. */
  public String logReference(String origin, String id) {
    return path.relativize(log(origin, id)).toString();
  }

  /**
   * The status page's only source. A runner that gets on sets its modification time every 10 s: one
   * whose file is older than 60 s, or says {@code stoppedAt}, is not running.
   */
  public Path status() {
    return path.resolve("status.json");
  }
}

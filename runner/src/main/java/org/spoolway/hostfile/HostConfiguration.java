package org.spoolway.hostfile;

import java.util.List;
import java.util.Set;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.ProblemException;

/** What systemd and the proxy of this host read, besides what they run. */
public interface HostConfiguration {

  /** Of a runner that may not change the host. */
  static HostConfiguration none() {
    return NoHostConfiguration.INSTANCE;
  }

  /** Who reads a file. */
  enum Reader {
    /** systemd, as a unit or an addition to one. */
    SYSTEMD,
    /** systemd, as a list of directories to make. */
    TMPFILES,
    /** Caddy. */
    CADDY,
    /** nginx. */
    NGINX
  }

  /**
   * How systemd sees a unit, in its own words.
   *
   * @param load whether its file was understood: {@code loaded}, {@code masked}, {@code not-found},
   *     …; empty when systemd does not answer
   * @param file whether it starts with the host: {@code enabled}, {@code disabled}, {@code static},
   *     …
   * @param active whether it runs: {@code active}, {@code activating}, {@code failed}, …
   */
  record Unit(String load, String file, String active) {}

  /** Whether this runner may change the host at all. */
  boolean isAvailable();

  /** Where the files go. */
  HostDir directories();

  /** How a unit is, whoever wrote it. */
  Unit unit(String name);

  /**
   * Has files read that were changed. What does not run does not read.
   *
   * @throws ProblemException {@code CONFIGURE_FAILED} when one of them is not understood
   */
  void reload(Set<Reader> readers) throws ProblemException;

  /**
   * Has units start with the host, where their files say when.
   *
   * @throws ProblemException {@code CONFIGURE_FAILED}
   */
  void enable(List<String> units) throws ProblemException;

  /** Takes that back; also for units whose files are to go. May be repeated. */
  void disable(List<String> units) throws ProblemException;
}

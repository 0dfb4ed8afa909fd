package org.spoolway.host.systemd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.spoolway.host.Commands;
import org.spoolway.host.systemd.Systemctl.Reply;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** This host's systemd and the proxies that it runs. */
public final class SystemdConfiguration implements HostConfiguration {

  private static final Duration RELOAD = Duration.ofSeconds(90);

  private final Systemctl systemctl;
  private final HostDir directories;
  private final Path tmpfiles;

  /**
   * The configuration of this host, on behalf of one deployment.
   *
   * @param commands runs systemd's commands
   * @param state has the deployment's name
   */
  public SystemdConfiguration(Commands commands, StateDir state, HostDir directories) {
    this.systemctl = new Systemctl(commands, state.path().toString());
    this.directories = directories;
    this.tmpfiles = directories.tmpfiles(String.valueOf(state.path().getFileName()));
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public HostDir directories() {
    return directories;
  }

  @Override
  public Unit unit(String name) {
    String answer =
        systemctl
            .ask(
                List.of(
                    "systemctl",
                    "show",
                    "--property=LoadState,UnitFileState,ActiveState",
                    "--",
                    name))
            .text();
    UnitProperties is = UnitProperties.parseOne(answer);
    return new Unit(is.get("LoadState"), is.get("UnitFileState"), is.get("ActiveState"));
  }

  @Override
  public void reload(Set<Reader> readers) throws ProblemException {
    if (readers.contains(Reader.SYSTEMD)) {
      require("read the units anew", systemctl.change("daemon-reload", List.of(), RELOAD));
    }
    if (readers.contains(Reader.TMPFILES) && Files.exists(tmpfiles)) {
      // The files of others may have lines that fail.
      require(
          "make the directories of " + tmpfiles,
          systemctl.ask(List.of("systemd-tmpfiles", "--create", tmpfiles.toString())));
    }
    // Both check what they read before they use it, and go on with what they had.
    if (readers.contains(Reader.CADDY)) {
      reloadProxy("caddy.service");
    }
    if (readers.contains(Reader.NGINX)) {
      reloadProxy("nginx.service");
    }
  }

  /** One that has left the host reads nothing. */
  private void reloadProxy(String unit) throws ProblemException {
    if (unit(unit).load().equals("not-found")) {
      return;
    }
    require(
        "have " + unit + " read its snippets",
        systemctl.change("try-reload-or-restart", List.of(unit), RELOAD));
  }

  @Override
  public void enable(List<String> units) throws ProblemException {
    if (!units.isEmpty()) {
      require("enable " + String.join(", ", units), systemctl.change("enable", units, RELOAD));
    }
  }

  @Override
  public void disable(List<String> units) throws ProblemException {
    if (!units.isEmpty()) {
      require("disable " + String.join(", ", units), systemctl.change("disable", units, RELOAD));
    }
  }

  private static void require(String what, Reply reply) throws ProblemException {
    if (!reply.succeeded()) {
      throw new ProblemException(
          Problem.CONFIGURE_FAILED, "cannot " + what + ": " + reply.observed());
    }
  }
}

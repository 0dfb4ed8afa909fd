package org.spoolway.install;

import java.util.List;
import java.util.Optional;
import org.spoolway.hostfile.HostTools;
import org.spoolway.problem.ProblemException;

/** The proxy's unit, which runs now and from each boot on. */
record ProxyUnit(HostTools tools, String unit) implements Provision {

  @Override
  public Optional<String> missing() {
    boolean fine =
        tools.says("systemctl", "--quiet", "is-enabled", unit)
            && tools.says("systemctl", "--quiet", "is-active", unit);
    return fine ? Optional.empty() : Optional.of("start " + unit);
  }

  @Override
  public void bring() throws ProblemException {
    tools.must("start " + unit, List.of("systemctl", "enable", "--now", unit));
  }
}

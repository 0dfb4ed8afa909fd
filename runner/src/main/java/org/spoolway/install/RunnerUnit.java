package org.spoolway.install;

import java.util.List;
import java.util.Optional;
import org.spoolway.hostfile.HostTools;
import org.spoolway.problem.ProblemException;

/** The runner's own unit, which has nothing to do before the first deployment. */
record RunnerUnit(HostTools tools) implements Provision {

  private static final String UNIT = "spoolway.service";

  @Override
  public Optional<String> missing() {
    return tools.says("systemctl", "--quiet", "is-active", UNIT)
        ? Optional.empty()
        : Optional.of("start " + UNIT);
  }

  @Override
  public void bring() throws ProblemException {
    tools.must("start " + UNIT, List.of("systemctl", "start", UNIT));
  }
}

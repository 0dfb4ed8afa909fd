package org.spoolway.install;

import java.util.List;
import java.util.Optional;
import org.spoolway.hostfile.HostTools;
import org.spoolway.problem.ProblemException;

/**
 * The proxy itself, wherever it is from.
 *
 * @param program its name
 * @param usual the package that brings it where there is none
 */
record ProxyProgram(HostTools tools, String program, String usual) implements Provision {

  @Override
  public Optional<String> missing() {
    return tools.says("sh", "-c", "command -v " + program)
        ? Optional.empty()
        : Optional.of("install the package " + usual);
  }

  @Override
  public void bring() throws ProblemException {
    new Packages(tools, List.of(usual)).bring();
  }
}

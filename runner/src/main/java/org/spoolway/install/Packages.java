package org.spoolway.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.hostfile.HostTools;
import org.spoolway.problem.ProblemException;

/** Debian packages that the application needs. */
final class Packages implements Provision {

  private static final String INSTALLED = "install ok installed";

  private final HostTools tools;
  private final List<String> names;

  Packages(HostTools tools, List<String> names) {
    this.tools = tools;
    this.names = names;
  }

  @Override
  public Optional<String> missing() {
    List<String> missing = missingNames();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("install the packages " + String.join(", ", missing));
  }

  private List<String> missingNames() {
    return names.stream()
        .filter(
            name ->
                !tools
                    .tells("dpkg-query", "--show", "--showformat=${Status}", name)
                    .equals(INSTALLED))
        .toList();
  }

  @Override
  public void bring() throws ProblemException {
    List<String> missing = missingNames();
    List<String> install =
        new ArrayList<>(
            List.of("apt-get", "install", "--quiet", "--yes", "--no-install-recommends"));
    install.addAll(missing);
    if (!tools.tries(install)) {
      // Only then: the lists of packages may be too old, or not there at all.
      tools.must("update the lists of packages", List.of("apt-get", "update", "--quiet"));
      tools.must("install " + String.join(", ", missing), install);
    }
  }
}

package org.spoolway.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.spool.SpoolDirectories;

/** The inboxes of a deployment, and the other directories of its queue. */
record QueueDirectories(Deployment deployment, SpoolDir spool, StateDir state, Accounts accounts)
    implements Provision {

  @Override
  public Optional<String> missing() {
    // Not asked of the accounts, which remember for a while that one was not there.
    boolean there =
        Files.isDirectory(state.journals(), LinkOption.NOFOLLOW_LINKS)
            && deployment.origins().keySet().stream()
                .allMatch(
                    origin ->
                        Files.isDirectory(spool.logs(origin), LinkOption.NOFOLLOW_LINKS)
                            && Files.isDirectory(spool.inbox(origin), LinkOption.NOFOLLOW_LINKS));
    return there
        ? Optional.empty()
        : Optional.of("make the inboxes of " + String.join(", ", deployment.origins().keySet()));
  }

  @Override
  public void bring() throws ProblemException, IOException {
    SpoolDirectories.prepare(deployment, spool, state, accounts);
  }
}

package org.spoolway.install;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import org.spoolway.hostfile.HostTools;
import org.spoolway.problem.ProblemException;

/**
 * An account of the application's, or a group: one that owns no files but its own, cannot log in
 * and is in no other group.
 *
 * @param name the user's or group's name
 * @param kind which it is
 */
record Account(HostTools tools, String name, Kind kind) implements Provision {

  enum Kind {
    USER,
    GROUP
  }

  @Override
  public Optional<String> missing() throws IOException {
    return exists()
        ? Optional.empty()
        : Optional.of("create the " + (kind == Kind.USER ? "account " : "group ") + name);
  }

  /** Asked of the host each time: what was not there a moment ago may have been created since. */
  private boolean exists() throws IOException {
    if (name.matches("[0-9]+")) {
      return true;
    }
    var host = FileSystems.getDefault().getUserPrincipalLookupService();
    try {
      if (kind == Kind.USER) {
        host.lookupPrincipalByName(name);
      } else {
        host.lookupPrincipalByGroupName(name);
      }
      return true;
    } catch (UserPrincipalNotFoundException e) {
      return false;
    }
  }

  @Override
  public void bring() throws ProblemException {
    List<String> command =
        kind == Kind.GROUP
            ? List.of("groupadd", "--system", "--", name)
            : List.of(
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir=/nonexistent",
                "--shell=/usr/sbin/nologin",
                "--",
                name);
    tools.must("create " + name, command);
  }
}

package org.spoolway.install;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.spoolway.host.Accounts;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * An account that files are given to, with its primary group, whatever that is called. It is looked
 * up only when something is given: the account may be one that this installation creates.
 *
 * @param name the user's name
 */
record Recipient(String name, Accounts accounts) {

  UserPrincipal user() throws IOException {
    return host().lookupPrincipalByName(name);
  }

  GroupPrincipal group() throws ProblemException, IOException {
    String group =
        accounts
            .primaryGroup(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.INSTALL_FAILED,
                        "cannot give anything to " + name + ": this host has no such account"));
    return host().lookupPrincipalByGroupName(group);
  }

  private static UserPrincipalLookupService host() {
    return FileSystems.getDefault().getUserPrincipalLookupService();
  }
}

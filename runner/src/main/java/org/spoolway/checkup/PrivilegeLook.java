package org.spoolway.checkup;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.NamedAccount;
import org.spoolway.deployment.NamedAccount.Part;
import org.spoolway.hostfile.HostTools;

/**
 * Looks whether an account of the application's can be more than itself: to leave a note in an
 * inbox is all that it is to be able to do.
 */
final class PrivilegeLook {

  private static final String SUBJECT = "privileges";
  private static final Set<Part> LESSER =
      EnumSet.of(Part.RUN, Part.BUILD, Part.ASK_VERSIONS, Part.ASK);
  private static final Set<String> MIGHTY =
      Set.of("root", "sudo", "wheel", "adm", "docker", "lxd", "disk", "shadow", "spoolway");

  private final Findings findings;
  private final HostTools tools;
  private int wrong;

  private PrivilegeLook(Findings findings, HostTools tools) {
    this.findings = findings;
    this.tools = tools;
  }

  static void at(Findings findings, Deployment deployment, HostTools tools) {
    PrivilegeLook look = new PrivilegeLook(findings, tools);
    accounts(deployment).forEach(look::look);
    deployment.origins().forEach(look::lookAtOrigin);
    if (look.wrong == 0) {
      findings.fine(SUBJECT, "no account of the application's can be more than itself");
    }
  }

  private static Stream<String> accounts(Deployment deployment) {
    return deployment.accounts().stream()
        .filter(account -> account.isUserWith(LESSER))
        .map(NamedAccount::name)
        .distinct();
  }

  private void look(String account) {
    List<String> groups =
        Stream.of(tools.tells("id", "-nG", "--", account).strip().split("\\s+", -1))
            .filter(MIGHTY::contains)
            .toList();
    for (String group : groups) {
      wrong(
          "cannot keep " + account + " to itself: it is in group " + group,
          "Run `gpasswd --delete " + account + " " + group + "`.");
    }
    String sudo = tools.tells("sudo", "-n", "-l", "-U", account);
    if (sudo.contains("may run the following")) {
      wrong(
          "cannot keep " + account + " to itself: sudo lets it run commands of others",
          "Run `sudo -l -U " + account + "`, and remove its rules with `visudo`.");
    }
  }

  /**
   * Root's own file in the box of an application is one that somebody else has moved there. In the
   * box of a group that may ask for everything it is what an administrator has dropped.
   */
  private void lookAtOrigin(String name, Deployment.Origin origin) {
    boolean root = origin.owners().stream().anyMatch(NamedAccount::isRoot);
    boolean administrators =
        origin.mayEverything()
            && origin.owners().stream().allMatch(o -> o.startsWith("@") || NamedAccount.isRoot(o));
    if (root && !administrators && !origin.owners().stream().allMatch(NamedAccount::isRoot)) {
      wrong(
          "cannot tell who asks through " + name + ": root is one of several owners",
          "Remove root from `origins." + name + ".owners`, and give it an origin of its own.");
    }
  }

  private void wrong(String observed, String fix) {
    wrong++;
    findings.wrong(SUBJECT, observed, fix);
  }
}

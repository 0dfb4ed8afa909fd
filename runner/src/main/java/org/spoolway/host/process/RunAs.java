package org.spoolway.host.process;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a program runs as.
 *
 * @param options of {@code setpriv}; empty when nothing changes
 * @param environment what a login would set
 */
record RunAs(List<String> options, Map<String, String> environment) {

  /** The runner's own user. */
  static final RunAs SELF = new RunAs(List.of(), Map.of());

  private static final int ROOT = 0;

  /**
   * Another user, which only root can become.
   *
   * @param user a name, or null for the runner's own user
   * @throws Unstartable when there is no such user, or this process may not become it
   */
  static RunAs user(@Nullable String user, int ownUid, NameService names) throws Unstartable {
    if (user == null) {
      return SELF;
    }
    NameService.User account =
        names
            .user(user)
            .orElseThrow(() -> new Unstartable("there is no user " + user + " on this host"));
    if (account.uid() == ownUid) {
      return SELF;
    }
    if (ownUid != ROOT) {
      throw new Unstartable(
          "only a runner that is root can run it as "
              + user
              + "; this one has uid "
              + Integer.toUnsignedString(ownUid));
    }
    return new RunAs(
        List.of(
            "--reuid=" + Integer.toUnsignedString(account.uid()),
            "--regid=" + Integer.toUnsignedString(account.gid()),
            "--init-groups"),
        Map.of("HOME", account.home(), "USER", account.name(), "LOGNAME", account.name()));
  }
}

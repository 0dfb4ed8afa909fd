package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Origin;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;

/** Makes a deployment's queue directories, with the modes that the border rests on. */
public final class SpoolDirectories {

  /** Members of the group can drop and take back; only the owner of a file can remove it; nobody can list. */
  private static final int INBOX = 01730;

  private static final int PRIVATE = 0700;
  private static final int PUBLIC = 0755;

  /** New files take the directory's group. */
  private static final int GROUP_READABLE = 02750;

  private SpoolDirectories() {}

  /**
   * Makes what is missing; what is there keeps its owner and mode. Groups are set by a privileged
   * runner only: for any other, everything belongs to its one user.
   */
  public static void prepare(Deployment deployment, SpoolDir spool, StateDir state, Accounts accounts)
      throws IOException {
    make(state.path(), PRIVATE, null);
    make(state.journals(), PRIVATE, null);
    make(spool.path(), PUBLIC, null);
    make(spool.inboxes(), PUBLIC, null);
    make(spool.processing(), PRIVATE, null);
    make(spool.results(), PUBLIC, null);
    for (Map.Entry<String, Origin> entry : deployment.origins().entrySet()) {
      String origin = entry.getKey();
      String group = accounts.ownUid() == 0 ? group(entry.getValue(), accounts) : null;
      make(spool.rejected(origin).getParent(), PRIVATE, null);
      make(spool.rejected(origin), PRIVATE, null);
      make(spool.logs(origin).getParent(), PUBLIC, null);
      make(spool.inbox(origin), INBOX, group);
      make(spool.results(origin), GROUP_READABLE, group);
      make(spool.logs(origin), GROUP_READABLE, group);
    }
  }

  /** The group that may drop and read: the one that is named, or else the first owner's. */
  private static @Nullable String group(Origin origin, Accounts accounts) {
    if (origin.group() != null || origin.owners().isEmpty()) {
      return origin.group();
    }
    String first = origin.owners().get(0);
    return first.startsWith("@") ? first.substring(1) : accounts.primaryGroup(first).orElse(null);
  }

  private static void make(Path directory, int mode, @Nullable String group) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory);
    if (group != null) {
      GroupPrincipal principal =
          directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
      Files.getFileAttributeView(directory, PosixFileAttributeView.class).setGroup(principal);
    }
    Files.setAttribute(directory, "unix:mode", mode);
  }
}

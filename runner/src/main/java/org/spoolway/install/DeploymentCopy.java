package org.spoolway.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.ProblemException;

/**
 * The deployment file where the runner looks for it. It comes last: whatever it names is there by
 * then.
 *
 * @param from what the administrator has written
 * @param content what was read and checked of it
 * @param target where it goes
 * @param readers the group that may read it, where the host has that
 */
record DeploymentCopy(Path from, String content, Path target, String readers) implements Provision {

  /** Members of this group look after deployments; the package creates it. */
  static final String READERS = "spoolway";

  private static final String MODE = "rw-r-----";

  @Override
  public Optional<String> missing() throws IOException {
    if (Files.exists(target)) {
      if (!Files.readString(target).equals(content)) {
        return Optional.of("replace " + target + " by " + from);
      }
      return isHalf()
          ? Optional.of("have the group " + readers + " read " + target)
          : Optional.empty();
    }
    return Optional.of("write " + target);
  }

  /** As {@link #bring} leaves it when it is cut short; what is otherwise is somebody's will. */
  private boolean isHalf() throws IOException {
    Optional<GroupPrincipal> group = group();
    PosixFileAttributes is = Files.readAttributes(target, PosixFileAttributes.class);
    GroupPrincipal own =
        Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class).group();
    return group.isPresent()
        && is.permissions().equals(PosixFilePermissions.fromString(MODE))
        && is.group().equals(own)
        && !own.equals(group.get());
  }

  /** Without the package there is none, and then only its owner reads it. */
  private Optional<GroupPrincipal> group() throws IOException {
    try {
      return Optional.of(
          FileSystems.getDefault()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(readers));
    } catch (UserPrincipalNotFoundException withoutThePackage) {
      return Optional.empty();
    }
  }

  @Override
  public void bring() throws ProblemException, IOException {
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    DurableFiles.replace(target, content.getBytes(StandardCharsets.UTF_8), MODE);
    Optional<GroupPrincipal> group = group();
    if (group.isPresent()) {
      Files.getFileAttributeView(target, PosixFileAttributeView.class).setGroup(group.get());
    }
  }
}

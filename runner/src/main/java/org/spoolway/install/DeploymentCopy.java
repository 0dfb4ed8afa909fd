package org.spoolway.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
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
 */
record DeploymentCopy(Path from, String content, Path target) implements Provision {

  /** Members of this group look after deployments; the package creates it. */
  private static final String READERS = "spoolway";

  @Override
  public Optional<String> missing() throws IOException {
    if (Files.exists(target)) {
      return Files.readString(target).equals(content)
          ? Optional.empty()
          : Optional.of("replace " + target + " by " + from);
    }
    return Optional.of("write " + target);
  }

  @Override
  public void bring() throws ProblemException, IOException {
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    DurableFiles.replace(target, content.getBytes(StandardCharsets.UTF_8), "rw-r-----");
    try {
      Files.getFileAttributeView(target, PosixFileAttributeView.class)
          .setGroup(
              FileSystems.getDefault()
                  .getUserPrincipalLookupService()
                  .lookupPrincipalByGroupName(READERS));
    } catch (UserPrincipalNotFoundException withoutThePackage) {
      // Then only its owner reads it.
      return;
    }
  }
}

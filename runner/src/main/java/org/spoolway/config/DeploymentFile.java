package org.spoolway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Reads the file that describes one deployment. */
public final class DeploymentFile {

  /** The largest deployment file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private DeploymentFile() {}

  /** Who will run the commands of the file. */
  public enum Runner {
    /** One user for everything, as under {@code --home}: commands may name no user. */
    OWN_USER,
    /**
     * A privileged one under {@code --home}: as on a host once {@code [origins]} lets others ask.
     */
    PRIVILEGED_AT_HOME,
    /** A privileged one on a host, which builds and migrates only as a user that the file names. */
    PRIVILEGED_ON_HOST
  }

  /**
   * Reads a deployment file, with defaults for what it leaves out.
   *
   * @param file called like the deployment, with {@code .toml}
   * @throws ProblemException {@code CONFIGURATION}; its message names the file and lists all that
   *     is wrong in it, each with its line and its key
   */
  public static Deployment read(Path file, Runner runner) throws ProblemException {
    Findings findings = new Findings();
    TomlDocument document = TomlText.document(bytes(file), findings);
    if (document == null) {
      throw findings.problem(file);
    }
    Deployment deployment = new DeploymentReader(document.top(), runner).read(nameOf(file));
    document.refuseStrangers();
    if (!findings.isEmpty()) {
      throw findings.problem(file);
    }
    return deployment;
  }

  private static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SpoolLayout.DEPLOYMENT_SUFFIX)
        ? name.substring(0, name.length() - SpoolLayout.DEPLOYMENT_SUFFIX.length())
        : name;
  }

  private static byte[] bytes(Path file) throws ProblemException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw unreadable(file, "it is not a file", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unreadable(file, "it is larger than 1 MiB", null);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "permission denied", e);
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static ProblemException unreadable(
      Path file, String observed, @Nullable Throwable cause) {
    return new ProblemException(
        Problem.CONFIGURATION, "cannot read " + file + ": " + observed, cause);
  }
}

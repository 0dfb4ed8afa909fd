package org.spoolway.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.hostfile.HostTools;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * That Caddy reads the sites which releases ship. Its file is replaced only while it is as the
 * package brought it; one that a person has written is never changed.
 */
record CaddyConfiguration(HostDir host, HostTools tools) implements Provision {

  private static final String READABLE = "rw-r--r--";
  private static final String PACKAGE = "caddy";
  private static final String UNIT = "caddy.service";

  @Override
  public Optional<String> missing() throws ProblemException, IOException {
    Path file = host.caddyfile();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      List<String> missing = Caddyfile.of(host).missing();
      if (missing.isEmpty()) {
        return Optional.empty();
      }
      requireUntouched(file, missing);
    }
    return Optional.of("have " + file + " import " + Caddyfile.IMPORT);
  }

  private void requireUntouched(Path file, List<String> missing)
      throws ProblemException, IOException {
    boolean untouched =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && tools
                .tells("dpkg-query", "--show", "--showformat=${Conffiles}", PACKAGE)
                .lines()
                .map(String::strip)
                .anyMatch((file + " " + checksum(file))::equals);
    if (!untouched) {
      throw new ProblemException(
          Problem.INSTALL_FAILED,
          "cannot change " + file + ": somebody has written it, and it lacks what releases need",
          "Add " + String.join(", and ", missing) + "; then install again.",
          null);
    }
  }

  /** As dpkg has it. */
  private static String checksum(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void bring() throws ProblemException, IOException {
    Path file = host.caddyfile();
    Path before = file.resolveSibling("Caddyfile.spoolway-before");
    if (Files.exists(file) && !Files.exists(before, LinkOption.NOFOLLOW_LINKS)) {
      DurableFiles.replace(before, Files.readAllBytes(file), READABLE);
    }
    DurableFiles.replace(file, Caddyfile.OWN.getBytes(StandardCharsets.UTF_8), READABLE);
    // It would be asked to read the file anew where it does not listen yet.
    tools.must("have Caddy read " + file, List.of("systemctl", "try-restart", UNIT));
  }
}

package org.spoolway.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.hostfile.Template;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.KeptFile;

/**
 * The application's settings and secrets: made once and never overwritten, of root, for the
 * application's group to read.
 *
 * @param file where
 * @param root the application's directory
 * @param template its content, with placeholders
 * @param values what stands for them, but for {@code @SECRET@}
 * @param reader whose group may read it, or null for the runner alone
 */
record EnvironmentFile(
    Path file, Path root, String template, Map<String, String> values, @Nullable Recipient reader)
    implements Provision {

  private static final String SECRET = "SECRET";
  private static final int SECRET_BYTES = 32;
  private static final String MODE = "rw-r-----";
  private static final Set<PosixFilePermission> HALF = PosixFilePermissions.fromString("rw-------");

  @Override
  public Optional<String> missing() throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("write " + file + " with new secrets");
    }
    return reader != null && isHalf()
        ? Optional.of("let " + reader.name() + " read " + file)
        : Optional.empty();
  }

  private boolean isHalf() throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(HALF);
  }

  @Override
  public void bring() throws ProblemException, IOException {
    KeptFile.require(file, root);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      SecureRandom random = new SecureRandom();
      String content =
          new Template(String.valueOf(file.getFileName()), template)
              .render(name -> name.equals(SECRET) ? secret(random) : values.get(name));
      DurableFiles.replace(file, content.getBytes(StandardCharsets.UTF_8), "rw-------");
    }
    if (reader != null) {
      PosixFileAttributeView view =
          Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      view.setGroup(reader.group());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(MODE));
    }
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

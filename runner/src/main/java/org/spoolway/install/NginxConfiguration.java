package org.spoolway.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * That nginx reads conf.d, as Debian's does. Its file is a person's, so it is never changed.
 *
 * @param file the own one of nginx
 */
record NginxConfiguration(Path file) implements Provision {

  private static final Pattern INCLUDE =
      Pattern.compile("(?m)^\\s*include\\s+(/etc/nginx/)?conf\\.d/\\*(\\.conf)?\\s*;");

  @Override
  public Optional<String> missing() throws ProblemException, IOException {
    if (Files.exists(file) && !INCLUDE.matcher(Files.readString(file)).find()) {
      throw new ProblemException(
          Problem.INSTALL_FAILED,
          "cannot use " + file + ": it does not include conf.d",
          "Add the line `include /etc/nginx/conf.d/*.conf;` to its block `http`, then install again.",
          null);
    }
    return Optional.empty();
  }

  @Override
  public void bring() {
    throw new IllegalStateException("nothing is ever missing that could be brought");
  }
}

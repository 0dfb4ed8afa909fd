package org.spoolway.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.Wiring;
import org.spoolway.cli.Spoolway;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes what the command line knows of itself as AsciiDoc, one page for each verb. */
public final class ManPages {

  private static final boolean[] QUIET = {};

  private ManPages() {}

  /**
   * Writes the pages.
   *
   * @param arguments the directory for them; the page of {@code spoolway} itself, which another
   *     includes parts of, is {@code _spoolway.adoc} there
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int status =
        ManPageGenerator.generateManPage(
            directory.toFile(), null, QUIET, false, Spoolway.description(new Wiring()));
    if (status != 0) {
      throw new IOException("picocli cannot write " + directory + ": status " + status);
    }
    Path own = directory.resolve("_spoolway.adoc");
    Files.deleteIfExists(own);
    Files.move(directory.resolve("spoolway.adoc"), own);
  }
}

package org.spoolway.host.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.Checksum;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A directory of a server. Its file {@code SHA256SUMS} tells what lies there. */
final class WebShelf implements Shelf {

  /** As {@code sha256sum} is used to make it. */
  static final String LIST = "SHA256SUMS";

  private static final Logger LOG = LoggerFactory.getLogger(WebShelf.class);

  private final URI directory;
  private final Web web;

  /**
   * Asks nothing yet.
   *
   * @param address with or without a slash at its end
   */
  WebShelf(String address, Web web) {
    this.directory = URI.create(address.endsWith("/") ? address : address + "/");
    this.web = web;
  }

  @Override
  public Map<String, String> files(Web.Errand errand) throws ProblemException {
    byte[] list =
        read(LIST, errand)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.SOURCE_UNREACHABLE,
                        "cannot " + errand.action() + ": there is no " + LIST,
                        "Put the file there: `sha256sum *.tar.* *.zip > "
                            + LIST
                            + "`; and check `source.url`.",
                        null));
    return ChecksumList.parse(new String(list, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<byte[]> read(String name, Web.Errand errand) throws ProblemException {
    return web.document(address(name), errand);
  }

  @Override
  public Optional<InputStream> open(String name, Web.Errand errand) {
    return Optional.empty();
  }

  @Override
  public void bring(String name, String content, Path into, Web.Errand errand)
      throws ProblemException {
    try {
      if (!downloaded(name, into, errand).equals(content)) {
        // A server may say of a file that it is the same, and go on with another one.
        LOG.warn("{} is fetched anew, for it is not as {} says", address(name), LIST);
        Files.delete(into);
        if (!downloaded(name, into, errand).equals(content)) {
          Files.delete(into);
          throw Problems.changed(errand.action(), name + " is not what " + LIST + " says it is");
        }
      }
    } catch (IOException e) {
      throw Problems.unwritten(errand.action(), e, into.resolveSibling(""));
    }
  }

  private String downloaded(String name, Path into, Web.Errand errand)
      throws ProblemException, IOException {
    if (!web.download(address(name), into, errand)) {
      throw Problems.changed(errand.action(), name + " is not there any more");
    }
    return Checksum.of(into);
  }

  private URI address(String name) {
    return directory.resolve(name);
  }
}

package org.spoolway.host.archive;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A directory of a server. Its file {@code SHA256SUMS} tells what lies there. */
final class WebShelf implements Shelf {

  /** As {@code sha256sum} is used to make it. */
  static final String LIST = "SHA256SUMS";

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
        web.list(address(LIST), errand)
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
    new Delivery(web, address(name), name).bring(content, into, errand);
  }

  private URI address(String name) {
    return directory.resolve(name);
  }
}

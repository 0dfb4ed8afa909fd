package org.spoolway.host.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.Checksum;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;

/** Brings a file from a server, as what the server's list said it is. */
final class Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Web web;
  private final URI address;
  private final String name;

  /**
   * Asks nothing yet.
   *
   * @param name of the file, for people
   */
  Delivery(Web web, URI address, String name) {
    this.web = web;
    this.address = address;
    this.name = name;
  }

  /**
   * Brings it.
   *
   * @param content its SHA-256 in hex; anything else could not be compared, and is not
   * @throws ProblemException {@code SOURCE_CHANGED} when it is gone, or is something else
   */
  void bring(String content, Path into, Errand errand) throws ProblemException {
    try {
      if (isOther(content, into, errand)) {
        // A server may say of a file that it is the same, and go on with another one.
        LOG.warn("{} is fetched anew, for it is not what its list says", address);
        Files.delete(into);
        if (isOther(content, into, errand)) {
          Files.delete(into);
          throw Problems.changed(
              errand.action(), name + " is not what the list of its server says");
        }
      }
    } catch (IOException e) {
      throw Problems.unwritten(errand.action(), e, into.resolveSibling(""));
    }
  }

  private boolean isOther(String content, Path into, Errand errand)
      throws ProblemException, IOException {
    if (!web.download(address, into, errand)) {
      throw Problems.changed(errand.action(), name + " is not there any more");
    }
    return HASH.matcher(content).matches() && !Checksum.of(into).equals(content);
  }
}

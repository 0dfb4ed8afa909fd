package org.spoolway.host.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.archive.Web;
import org.spoolway.problem.ProblemException;

/**
 * Fetches files over {@code https}, and over {@code http} from this host.
 *
 * <p>At most 5 redirects are followed, never from {@code https} to {@code http}; the user and
 * password of an address are told to its own server only. Nothing is decoded: what is encoded
 * though nobody asked for it is refused. Connecting may take 10 s; a server that is silent for too
 * long, or sends fewer than 1 KiB/s over a minute, is given up; a document has no longer than that
 * silence in all. Nothing is tried again, except that a download whose connection ends is gone on
 * with three times, if each time brings more of it.
 *
 * <p>A download leaves {@code NAME.part} and {@code NAME.part.json} beside the file when it fails,
 * for the next one to go on with, but nothing when the disk ran out of room or the file is too
 * large. Of the servers' lists the last 4 are kept for a day; several processes may share their
 * directory.
 */
public final class WebClient implements Web {

  private static final Duration PACE_WINDOW = Duration.ofSeconds(60);

  private final WebSettings settings;
  private final Clock clock;
  private final @Nullable SSLContext tls;
  private final Duration paceWindow;
  private @Nullable Courier courier;

  /**
   * One with the certificates that Java trusts.
   *
   * @param clock how old a list is that was kept
   */
  public WebClient(WebSettings settings, Clock clock) {
    this(settings, clock, null, PACE_WINDOW);
  }

  /**
   * One for tests.
   *
   * @param tls whose certificates are trusted, or null for those that Java trusts
   * @param paceWindow over which a server's speed is averaged
   */
  WebClient(WebSettings settings, Clock clock, @Nullable SSLContext tls, Duration paceWindow) {
    this.settings = settings;
    this.clock = clock;
    this.tls = tls;
    this.paceWindow = paceWindow;
  }

  @Override
  public Optional<byte[]> document(URI address, Errand errand) throws ProblemException {
    return read(Documents.Kind.FILE, address, errand);
  }

  @Override
  public Optional<byte[]> list(URI address, Errand errand) throws ProblemException {
    return read(Documents.Kind.LIST, address, errand);
  }

  private Optional<byte[]> read(Documents.Kind kind, URI address, Errand errand)
      throws ProblemException {
    Patience patience = new Patience(errand.interruption(), settings.silence());
    KeptDocuments kept = new KeptDocuments(settings.cache(), clock);
    try {
      return new Documents(courier(), kept, paceWindow, kind).read(address, patience);
    } catch (WebFailure e) {
      throw e.problem(errand.action());
    }
  }

  @Override
  public boolean download(URI address, Path into, Errand errand) throws ProblemException {
    try {
      return Download.run(courier(), settings, paceWindow, address, into, errand);
    } catch (WebFailure e) {
      throw e.problem(errand.action());
    }
  }

  /** Made when it is first asked for: that takes some tenths of a second. */
  private synchronized Courier courier() {
    if (courier == null) {
      courier = new Courier(settings, tls);
    }
    return courier;
  }
}

package org.spoolway.host.git;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.jspecify.annotations.Nullable;

/** The other side did not deliver; the message says what was observed, in plain words. */
final class RemoteFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MAX_LENGTH = 300;

  RemoteFailure(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }

  /**
   * The failure that an exception in a conversation with a repository stands for.
   *
   * @param timeout how long each answer was waited for
   * @param refusals what this side refused by then
   */
  static RemoteFailure of(GitUrl url, Duration timeout, Refusals refusals, Throwable cause) {
    return new RemoteFailure(words(url, timeout, refusals, chain(cause)), cause);
  }

  /** What was observed, as the part of a sentence that follows a colon. */
  String reason() {
    return String.valueOf(getMessage());
  }

  private static List<Throwable> chain(Throwable exception) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable e = exception; e != null && !chain.contains(e); e = e.getCause()) {
      chain.add(e);
    }
    return chain;
  }

  private static String words(
      GitUrl url, Duration timeout, Refusals refusals, List<Throwable> chain) {
    if (refusals.ofLogin()) {
      return "it does not let in whoever has no user and password that it knows";
    }
    if (refusals.ofHostKey()) {
      return "its host key is not the one in ~/.ssh/known_hosts of the runner's user, or not there";
    }
    for (Throwable e : chain) {
      String known = known(url, timeout, e);
      if (known != null) {
        return known;
      }
    }
    return unknown(url, chain);
  }

  private static @Nullable String known(GitUrl url, Duration timeout, Throwable e) {
    if (e instanceof UnknownHostException) {
      return "the host " + url.address().getHost() + " is unknown";
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return "the host "
          + url.address().getHost()
          + " does not take the connection: "
          + clean(url, e);
    }
    if (e instanceof InterruptedIOException) {
      return "no answer within " + timeout.toSeconds() + " s";
    }
    if (e instanceof SSLException) {
      return "the host " + url.address().getHost() + " is not trusted: " + clean(url, e);
    }
    if (e instanceof NoRemoteRepositoryException) {
      return "there is no repository: " + clean(url, e);
    }
    return e instanceof EOFException ? "the connection ended too early" : null;
  }

  /**
   * The outermost and the innermost message say most: what was tried, and what stood against it.
   */
  private static String unknown(GitUrl url, List<Throwable> chain) {
    String outer = clean(url, chain.get(0));
    String inner = clean(url, chain.get(chain.size() - 1));
    return outer.contains(inner) ? outer : outer + ": " + inner;
  }

  private static String clean(GitUrl url, Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = url.withoutSecrets(message.lines().findFirst().orElse(""));
    String prefix = url.withoutSecrets(url.address().toString()) + ": ";
    line = line.startsWith(prefix) ? line.substring(prefix.length()) : line;
    return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
  }

  /**
   * What this side refused during a conversation; the failure that follows does not say it plainly.
   */
  static final class Refusals {

    private volatile boolean login;
    private volatile boolean hostKey;

    /** The other side asked for a user and password, and nobody is there to give one. */
    void refuseLogin() {
      login = true;
    }

    /** The other side showed a host key that is not known. */
    void refuseHostKey() {
      hostKey = true;
    }

    /** Whether a login was refused. */
    boolean ofLogin() {
      return login;
    }

    /** Whether a host key was refused. */
    boolean ofHostKey() {
      return hostKey;
    }
  }
}

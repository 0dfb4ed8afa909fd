package org.spoolway.host.git;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.git.RemoteFailure.Refusals;

/** One conversation with a repository at another place: what it has, and at most one fetch. */
final class Connection implements AutoCloseable {

  private final GitUrl url;
  private final Duration timeout;
  private final Refusals refusals = new Refusals();
  private final @Nullable StrictSshSessions ssh;
  private final Transport transport;
  private @Nullable FetchConnection channel;

  private Connection(GitUrl url, @Nullable Repository into, Duration timeout) throws IOException {
    this.url = url;
    this.timeout = timeout;
    transport = transport(url, into);
    transport.setTimeout((int) Math.max(1, timeout.toSeconds()));
    transport.setTagOpt(TagOpt.NO_TAGS);
    transport.setCredentialsProvider(new NoLogin(refusals));
    if (transport instanceof SshTransport overSsh) {
      ssh = new StrictSshSessions(refusals);
      overSsh.setSshSessionFactory(ssh);
    } else {
      ssh = null;
    }
  }

  private static Transport transport(GitUrl url, @Nullable Repository into) throws IOException {
    String path = url.localPath();
    if (path != null) {
      return LocalTransport.open(url.address(), new File(path), into);
    }
    return Transport.open(into == null ? nothing() : into, url.address());
  }

  /**
   * A repository that is nowhere. Of a server that only hands out files JGit can ask nothing
   * without one, though it writes nothing to it before a fetch.
   */
  private static Repository nothing() throws IOException {
    return new FileRepositoryBuilder().setGitDir(new File("/dev/null/none")).setBare().build();
  }

  /**
   * Connects.
   *
   * @param into where a later fetch goes, or null to only look
   * @param timeout how long each single answer may take
   * @param patterns the names to ask for, such as {@code refs/tags/*}; none asks for all
   * @throws RemoteFailure when it cannot be reached or is no repository
   */
  static Connection open(
      GitUrl url, @Nullable Repository into, Duration timeout, String... patterns)
      throws RemoteFailure {
    requireDirectory(url);
    Connection connection;
    try {
      connection = new Connection(url, into, timeout);
    } catch (IOException e) {
      throw RemoteFailure.of(url, timeout, new Refusals(), e);
    }
    try {
      connection.channel = connection.transport.openFetch(specs(patterns));
      return connection;
    } catch (IOException e) {
      connection.close();
      throw connection.failure(e);
    }
  }

  private static void requireDirectory(GitUrl url) throws RemoteFailure {
    String path = url.localPath();
    if (path != null && !new File(path).isDirectory()) {
      throw new RemoteFailure("there is no such directory", null);
    }
  }

  private static List<RefSpec> specs(String... patterns) {
    return List.of(patterns).stream().map(name -> new RefSpec(name + ":" + name)).toList();
  }

  private FetchConnection channel() {
    FetchConnection open = channel;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    return open;
  }

  /** What the repository has under the asked names, and maybe more. */
  Collection<Ref> refs() {
    return channel().getRefs();
  }

  /** What one name leads to, or null when there is no such name. */
  @Nullable Ref ref(String name) {
    return channel().getRef(name);
  }

  /**
   * Receives what is wanted and all it is made of, as far as the mirror lacks it.
   *
   * @throws RemoteFailure when it does not come, or comes broken
   */
  void fetch(Collection<Ref> wanted, TransferMonitor monitor) throws RemoteFailure {
    try {
      channel().fetch(monitor, wanted, Set.of());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private RemoteFailure failure(IOException cause) {
    return RemoteFailure.of(url, timeout, refusals, cause);
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.close();
    }
    transport.close();
    if (ssh != null) {
      ssh.close();
    }
  }

  /** Nobody is there to type a password or to answer a question. */
  private static final class NoLogin extends CredentialsProvider {

    private final Refusals refusals;

    NoLogin(Refusals refusals) {
      this.refusals = refusals;
    }

    @Override
    public boolean isInteractive() {
      return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
      for (CredentialItem item : items) {
        if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
      if (supports(items)) {
        refusals.refuseLogin();
      }
      return false;
    }
  }
}

package org.spoolway.host.git;

import java.io.File;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches from a directory of this host, the sending side on a thread of its own. JGit's own prints
 * a stack trace whenever a fetch is cut short, past every logger; what the receiving side then
 * reports is told once, by us.
 */
final class LocalTransport extends Transport implements PackTransport {

  private static final Logger LOG = LoggerFactory.getLogger(LocalTransport.class);

  private final File directory;

  private LocalTransport(URIish address, File directory) {
    super(address);
    this.directory = directory;
  }

  private LocalTransport(Repository into, URIish address, File directory) {
    super(into, address);
    this.directory = directory;
  }

  /**
   * Opens one.
   *
   * @param path the repository, or a working tree with one in it
   * @param into where a later fetch goes, or null to only look
   * @throws NoRemoteRepositoryException when there is none
   */
  static Transport open(URIish address, File path, @Nullable Repository into)
      throws NoRemoteRepositoryException {
    File directory = FileKey.resolve(path, FS.DETECTED);
    if (directory == null) {
      throw new NoRemoteRepositoryException(address, "not found.");
    }
    return into == null
        ? new LocalTransport(address, directory)
        : new LocalTransport(into, address, directory);
  }

  @Override
  public FetchConnection openFetch() throws TransportException {
    try {
      return new Pipes(new RepositoryBuilder().setGitDir(directory).build());
    } catch (TransportException e) {
      throw e;
    } catch (IOException e) {
      throw new TransportException(uri, e.getMessage(), e);
    }
  }

  @Override
  public PushConnection openPush() throws NotSupportedException {
    throw new NotSupportedException("nothing is ever pushed");
  }

  /** Connections close what they have opened. */
  @Override
  public void close() {}

  private final class Pipes extends BasePackFetchConnection {
    private final Thread sender;

    Pipes(Repository remote) throws IOException {
      super(LocalTransport.this);
      // The receiving side writes so much at once before it reads again.
      PipedInputStream asked = new PipedInputStream(MIN_CLIENT_BUFFER);
      PipedInputStream answered = new PipedInputStream();
      PipedOutputStream answer = new PipedOutputStream(answered);
      PipedOutputStream ask = new PipedOutputStream(asked);
      sender = new Thread(() -> send(remote, asked, answer), "git-sender");
      sender.setDaemon(true);
      sender.start();
      init(answered, ask);
      readAdvertisedRefs();
    }

    private void send(Repository remote, PipedInputStream asked, PipedOutputStream answer) {
      try (remote;
          asked;
          answer) {
        new UploadPack(remote).upload(asked, answer, null);
      } catch (IOException | RuntimeException e) {
        LOG.debug("the receiving side reports what it sees of this", e);
      }
    }

    @Override
    public void close() {
      super.close();
      try {
        sender.join();
      } catch (InterruptedException e) {
        // It ends by itself, now that its pipes are closed.
        Thread.currentThread().interrupt();
      }
    }
  }
}

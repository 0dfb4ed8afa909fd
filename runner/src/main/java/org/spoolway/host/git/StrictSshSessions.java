package org.spoolway.host.git;

import java.io.File;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.git.RemoteFailure.Refusals;

/**
 * SSH as a service does it: the user's own key files and host aliases, no agent, no password, and
 * only hosts whose key stands in the user's {@code known_hosts}.
 */
final class StrictSshSessions extends SshdSessionFactory {

  private final Refusals refusals;

  StrictSshSessions(Refusals refusals) {
    super(null, null);
    this.refusals = refusals;
    File home = new File(System.getProperty("user.home"));
    setHomeDirectory(home);
    setSshDirectory(new File(home, ".ssh"));
  }

  @Override
  protected ServerKeyDatabase createServerKeyDatabase(File home, File sshDirectory) {
    return new StrictHostKeys(super.createServerKeyDatabase(home, sshDirectory), refusals);
  }

  @Override
  protected @Nullable ConnectorFactory getConnectorFactory() {
    return null;
  }

  @Override
  protected String getDefaultPreferredAuthentications() {
    return "publickey";
  }

  /**
   * Accepts only host keys that are known already, whatever the user's SSH configuration allows.
   */
  private static final class StrictHostKeys implements ServerKeyDatabase {

    private final ServerKeyDatabase known;
    private final Refusals refusals;

    StrictHostKeys(ServerKeyDatabase known, Refusals refusals) {
      this.known = known;
      this.refusals = refusals;
    }

    @Override
    public List<PublicKey> lookup(
        String connectAddress, InetSocketAddress remoteAddress, Configuration configuration) {
      return known.lookup(connectAddress, remoteAddress, new Strict(configuration));
    }

    @Override
    public boolean accept(
        String connectAddress,
        InetSocketAddress remoteAddress,
        PublicKey serverKey,
        Configuration configuration,
        @Nullable CredentialsProvider provider) {
      Configuration strict = new Strict(configuration);
      boolean accepted = known.accept(connectAddress, remoteAddress, serverKey, strict, provider);
      if (!accepted) {
        refusals.refuseHostKey();
      }
      return accepted;
    }

    /** A configuration that differs from the user's in one answer. */
    private record Strict(Configuration users) implements Configuration {

      @Override
      public List<String> getUserKnownHostsFiles() {
        return users.getUserKnownHostsFiles();
      }

      @Override
      public List<String> getGlobalKnownHostsFiles() {
        return users.getGlobalKnownHostsFiles();
      }

      @Override
      public StrictHostKeyChecking getStrictHostKeyChecking() {
        return StrictHostKeyChecking.REQUIRE_MATCH;
      }

      @Override
      public boolean getHashKnownHosts() {
        return users.getHashKnownHosts();
      }

      @Override
      public String getUsername() {
        return users.getUsername();
      }
    }
  }
}

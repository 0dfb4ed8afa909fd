package org.spoolway.host.git;

import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** Accepts only host keys that are known already, whatever the user's SSH configuration allows. */
final class StrictHostKeys implements ServerKeyDatabase {

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

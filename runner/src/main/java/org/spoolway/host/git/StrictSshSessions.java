package org.spoolway.host.git;

import java.io.File;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

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
}

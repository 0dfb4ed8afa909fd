package org.spoolway.host.git;

import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Nobody is there to type a password or to answer a question. */
final class NoLogin extends CredentialsProvider {

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

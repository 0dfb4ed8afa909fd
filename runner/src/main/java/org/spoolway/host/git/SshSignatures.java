package org.spoolway.host.git;

import java.io.IOException;
import java.security.PublicKey;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier.SignatureVerification;
import org.eclipse.jgit.signing.ssh.SigningKeyDatabase;
import org.eclipse.jgit.signing.ssh.SshSignatureVerifierFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.SshKey;
import org.spoolway.trust.TrustedKeys;

/** Signatures as {@code git tag -s} makes them with {@code gpg.format = ssh}. */
final class SshSignatures {

  private static final Logger LOG = LoggerFactory.getLogger(SshSignatures.class);

  private SshSignatures() {}

  /**
   * JGit answers whether a signature is right and whose it is. Whether that one counts is the
   * deployment's to say, and not one answer for the whole process as JGit would have it.
   */
  static void install() {
    SigningKeyDatabase.setInstance(new EveryKey());
  }

  /**
   * Which trusted key has signed a text.
   *
   * @param text what was signed, byte for byte
   * @param signature an armored signature in the namespace {@code git}
   * @throws SignatureException when none of them answers for it
   */
  static SshKey signer(Repository mirror, byte[] text, byte[] signature, TrustedKeys trust)
      throws SignatureException {
    SignatureVerification found = verified(mirror, text, signature);
    String fingerprint = found.keyFingerprint();
    if (fingerprint == null) {
      throw new SignatureException("its signature cannot be read");
    }
    SshKey key =
        trust
            .ssh(fingerprint)
            .orElseThrow(() -> SignatureException.untrusted("SSH key " + fingerprint));
    if (!found.verified()) {
      throw new SignatureException(
          "its signature by the "
              + key.name()
              + " is no good: it is not of this content, or for another purpose than git's");
    }
    return key;
  }

  private static SignatureVerification verified(Repository mirror, byte[] text, byte[] signature)
      throws SignatureException {
    GpgConfig none = new GpgConfig(new Config());
    try {
      return new SshSignatureVerifierFactory().create().verify(mirror, none, text, signature);
    } catch (IOException | RuntimeException malformed) {
      LOG.debug("a signature cannot be read", malformed);
      throw new SignatureException("its signature cannot be read");
    }
  }

  private static final class EveryKey implements SigningKeyDatabase {

    @Override
    public boolean isRevoked(Repository repository, GpgConfig config, PublicKey key) {
      return false;
    }

    @Override
    public String isAllowed(
        Repository repository,
        GpgConfig config,
        PublicKey key,
        String namespace,
        PersonIdent identity) {
      return "somebody";
    }
  }
}

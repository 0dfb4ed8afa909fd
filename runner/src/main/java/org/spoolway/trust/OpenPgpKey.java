package org.spoolway.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.OpenPGPDetachedSignatureProcessor;
import org.bouncycastle.openpgp.api.OpenPGPImplementation;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.OpenPGPPolicy;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenPGP key with all its subkeys, of which those may sign that it says may. */
public final class OpenPgpKey implements TrustedKey {

  /** How the text of one begins. */
  static final String ARMOR = "-----BEGIN PGP ";

  private static final Logger LOG = LoggerFactory.getLogger(OpenPgpKey.class);

  private static final OpenPGPPolicy POLICY = new OpenPGPDefaultPolicy();
  private static final OpenPGPImplementation LIBRARY = new BcOpenPGPImplementation();

  private final String armored;
  private final OpenPGPCertificate certificate;

  private OpenPgpKey(String armored, OpenPGPCertificate certificate) {
    this.armored = armored;
    this.certificate = certificate;
  }

  /** Reads an armored public key; private ones have no business in a deployment file. */
  static OpenPgpKey parse(String armored) throws UnusableKeyException {
    try {
      OpenPGPKeyReader reader = new OpenPGPKeyReader(LIBRARY, POLICY);
      List<OpenPGPCertificate> keys =
          reader.parseKeysOrCertificates(armored.getBytes(StandardCharsets.US_ASCII));
      if (keys.size() != 1) {
        throw new UnusableKeyException(
            keys.isEmpty()
                ? "no whole OpenPGP key"
                : keys.size() + " OpenPGP keys in one text; give each a text of its own");
      }
      OpenPGPCertificate key = keys.get(0);
      if (key.isSecretKey()) {
        throw new UnusableKeyException("a private key; only the public one belongs here");
      }
      if (key.getSigningKeys(key.getLastModificationDate()).isEmpty()) {
        throw new UnusableKeyException(
            "an OpenPGP key that may not sign, or was revoked; one whose first address was revoked"
                + " needs another made the first (`gpg --quick-set-primary-uid`)");
      }
      return new OpenPgpKey(armored, key);
    } catch (IOException | RuntimeException malformed) {
      throw new UnusableKeyException("no whole OpenPGP key: " + malformed.getMessage());
    }
  }

  @Override
  public String name() {
    String fingerprint =
        HexFormat.of().formatHex(certificate.getFingerprint()).toUpperCase(Locale.ROOT);
    String owner =
        certificate.getAllUserIds().stream()
            .findFirst()
            .map(id -> " (" + id.getUserId() + ")")
            .orElse("");
    return "OpenPGP key " + fingerprint + owner;
  }

  @Override
  public boolean countsAt(Instant time) {
    return !certificate.getSigningKeys(Date.from(time)).isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenPgpKey key && armored.equals(key.armored);
  }

  @Override
  public int hashCode() {
    return armored.hashCode();
  }

  @Override
  public String toString() {
    return name();
  }

  /**
   * Which of some keys has signed a text. As {@code git verify-tag} does, refuses a key that has
   * expired or was revoked, whenever it signed: the date in a signature is its maker's own word.
   *
   * @param text what was signed, byte for byte
   * @param signature an armored detached signature
   * @param now today
   * @throws SignatureException when none of them answers for it
   */
  public static OpenPgpKey signer(byte[] text, byte[] signature, List<OpenPgpKey> keys, Instant now)
      throws SignatureException {
    PGPSignature made = read(signature);
    for (KeyIdentifier issuer : made.getKeyIdentifiers()) {
      for (OpenPgpKey key : keys) {
        if (key.certificate.getKey(issuer) != null) {
          key.requireSigned(text, made, now);
          return key;
        }
      }
    }
    String issuer =
        made.getKeyIdentifiers().stream()
            .findFirst()
            .map(id -> HexFormat.of().withUpperCase().toHexDigits(id.getKeyId()))
            .orElse("that it does not name");
    throw SignatureException.untrusted("OpenPGP key " + issuer);
  }

  private static PGPSignature read(byte[] signature) throws SignatureException {
    try {
      Object first =
          LIBRARY
              .pgpObjectFactory(PGPUtil.getDecoderStream(new ByteArrayInputStream(signature)))
              .nextObject();
      if (first instanceof PGPSignatureList list && list.size() == 1) {
        return list.get(0);
      }
    } catch (IOException | RuntimeException malformed) {
      LOG.debug("a signature cannot be read", malformed);
      throw new SignatureException("its signature cannot be read");
    }
    throw new SignatureException("its signature is not one OpenPGP signature");
  }

  private void requireSigned(byte[] text, PGPSignature made, Instant now)
      throws SignatureException {
    if (!POLICY.hasAcceptableSignatureHashAlgorithm(made)) {
      throw refused("its hash is too weak");
    } else if (made.getCreationTime().toInstant().isAfter(now)) {
      throw refused("it is dated in the future");
    }
    OpenPGPDetachedSignatureProcessor processor =
        new OpenPGPDetachedSignatureProcessor(LIBRARY, POLICY)
            .addVerificationCertificate(certificate)
            .addSignature(made)
            .verifyNotAfter(Date.from(now));
    try {
      for (OpenPGPDocumentSignature read : processor.process(new ByteArrayInputStream(text))) {
        requireValid(read, now);
        return;
      }
    } catch (PGPException | IOException | RuntimeException malformed) {
      LOG.debug("a signature cannot be checked", malformed);
    }
    throw refused("it cannot be checked");
  }

  private void requireValid(OpenPGPDocumentSignature signature, Instant now)
      throws SignatureException, PGPException {
    Date expiry = signature.getExpirationTime();
    if (!signature.isTestedCorrect()
        || signature.getSignature().getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
      throw refused("it is not of this content");
    } else if (expiry != null && !now.isBefore(expiry.toInstant())) {
      throw refused("it has expired");
    } else if (!signature.isValidAt(Date.from(now), POLICY)) {
      throw refused("the key may not sign, has expired or was revoked");
    }
  }

  private SignatureException refused(String observed) {
    return new SignatureException("its signature by the " + name() + " is no good: " + observed);
  }
}

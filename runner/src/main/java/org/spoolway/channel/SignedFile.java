package org.spoolway.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.durable.Checksum;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.MinisignSignature;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.TrustedKeys;

/** A file as it came, with the signatures that came beside it. */
public final class SignedFile {

  /** What the file of signatures is called beside a file. */
  public static final String SIGNATURES = ".minisig";

  private final String name;
  private final byte[] content;
  private final byte[] signatures;

  /**
   * Believes nothing yet.
   *
   * @param name by which it must have been signed
   * @param signatures what is in the file of signatures
   */
  public SignedFile(String name, byte[] content, byte[] signatures) {
    this.name = name;
    this.content = content.clone();
    this.signatures = signatures.clone();
  }

  String name() {
    return name;
  }

  byte[] content() {
    return content.clone();
  }

  String sha256() {
    MessageDigest digest = Checksum.digest();
    digest.update(content);
    return Checksum.hex(digest);
  }

  /**
   * Which of a role's keys have signed it.
   *
   * @throws RefusedFileException when they are fewer than the role asks for
   */
  List<MinisignKey> requireSignedBy(Role role) throws RefusedFileException {
    TrustedKeys keys = role.trusted();
    Map<String, MinisignKey> signers = new LinkedHashMap<>();
    String amiss = "";
    for (MinisignSignature signature : parsed()) {
      try {
        MinisignKey key = signer(signature, keys);
        signers.put(key.point(), key);
      } catch (SignatureException another) {
        // Somebody else's, or one of an older time, may stand beside those that count.
        amiss = "; " + another.observed();
      }
    }
    if (signers.size() < role.threshold()) {
      throw RefusedFileException.untrue(
          "%s cannot be trusted: of its signatures %d count, and %d must%s"
              .formatted(name, signers.size(), role.threshold(), amiss));
    }
    return List.copyOf(signers.values());
  }

  private List<MinisignSignature> parsed() throws RefusedFileException {
    try {
      return MinisignSignature.parseAll(signatures);
    } catch (SignatureException unreadable) {
      throw RefusedFileException.untrue(name + " cannot be trusted: " + unreadable.observed());
    }
  }

  private MinisignKey signer(MinisignSignature signature, TrustedKeys keys)
      throws SignatureException {
    if (keys.minisign(signature.keyId()).isEmpty()) {
      throw new SignatureException("the minisign key " + signature.keyId() + " is nobody's here");
    }
    MinisignKey key = signature.signer(name, keys);
    try {
      signature.requireContent(new ByteArrayInputStream(content), key);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
    return key;
  }
}

package org.spoolway.host.archive;

import java.io.IOException;
import java.io.InputStream;
import org.spoolway.channel.SignedFile;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.MinisignSignature;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.TrustedKeys;

/** The signatures that lie beside files: {@code FILE.minisig}. */
final class Signatures {

  private final Shelf shelf;

  Signatures(Shelf shelf) {
    this.shelf = shelf;
  }

  /**
   * Who answers for a file of this name, by a signature that is read without the file.
   *
   * @throws SignatureException when nobody does whose word counts
   */
  Claim of(String name, TrustedKeys trust, Errand errand)
      throws SignatureException, ProblemException {
    byte[] text =
        shelf
            .read(name + SignedFile.SIGNATURES, errand)
            .orElseThrow(
                () ->
                    new SignatureException(
                        "it is not signed: there is no " + name + SignedFile.SIGNATURES));
    if (text.length > MinisignSignature.MOST_BYTES) {
      throw new SignatureException(name + SignedFile.SIGNATURES + " is too long for a signature");
    }
    MinisignSignature signature = MinisignSignature.parse(text);
    return new Claim(signature, signature.signer(name, trust));
  }

  /**
   * A signature that is somebody's, of a file that was not looked at yet.
   *
   * @param by whose it is
   */
  record Claim(MinisignSignature signature, MinisignKey by) {

    /**
     * Sees that it is of this content.
     *
     * @param content read to its end
     */
    void requireOf(InputStream content) throws SignatureException, IOException {
      signature.requireContent(content, by);
    }
  }
}

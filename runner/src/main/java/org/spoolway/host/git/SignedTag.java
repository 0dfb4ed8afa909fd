package org.spoolway.host.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.trust.OpenPgpKey;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKeys;

/**
 * A tag that says who made the release: its text, and below that a signature of all that is above.
 *
 * <pre>
 * tag       = "object " commit LF "type commit" LF "tag " name LF "tagger " … LF LF message signature
 * signature = from the last line that begins one to the end, as git itself takes it
 * </pre>
 *
 * The name is part of the text, so that a signed tag cannot pass for another version's.
 */
final class SignedTag {

  /** No maker writes so much; what is longer is not read. */
  private static final int MOST_BYTES = 1 << 20;

  private static final Pattern SIGNATURE =
      Pattern.compile("(?md)^-----BEGIN (PGP SIGNATURE|SSH SIGNATURE|SIGNED MESSAGE)-----");

  private static final String OBJECT_LINE = "object ";
  private static final int OBJECT = 0;
  private static final int TYPE = 1;
  private static final int NAME = 2;
  private static final int LINES = 4;

  private final String text;
  private final String signature;

  private SignedTag(String text, String signature) {
    this.text = text;
    this.signature = signature;
  }

  /**
   * Reads a tag.
   *
   * @param name what it is called at the source
   * @throws MirrorDamage when the mirror does not have it
   * @throws SignatureException when it is not signed, or is another one
   */
  static SignedTag read(Part release, Repository mirror, String name)
      throws MirrorDamage, SignatureException {
    SignedTag tag = split(whole(release, mirror));
    tag.requireName(name);
    return tag;
  }

  /** Each character stands for a byte, so that nothing is lost on the way. */
  private static String whole(Part release, Repository mirror)
      throws MirrorDamage, SignatureException {
    try {
      ObjectLoader loader = mirror.open(release.object());
      if (loader.getType() != Constants.OBJ_TAG) {
        throw new SignatureException("it is a lightweight tag, which nobody can sign");
      } else if (loader.getSize() > MOST_BYTES) {
        throw new SignatureException("it is longer than " + MOST_BYTES + " bytes");
      }
      return new String(loader.getCachedBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw release.mirror().damage("a tag cannot be read", e);
    }
  }

  private static SignedTag split(String whole) throws SignatureException {
    int start =
        SIGNATURE
            .matcher(whole)
            .results()
            .mapToInt(MatchResult::start)
            .max()
            .orElseThrow(() -> new SignatureException("it is not signed"));
    return new SignedTag(whole.substring(0, start), whole.substring(start));
  }

  private void requireName(String name) throws SignatureException {
    String[] head = text.split("\n", LINES);
    if (head.length < LINES
        || !head[OBJECT].startsWith(OBJECT_LINE)
        || !head[TYPE].equals("type commit")) {
      throw new SignatureException("it is the tag of something else than a commit");
    } else if (!head[NAME].equals("tag " + name)) {
      throw new SignatureException("it was signed under another name, \"" + head[NAME] + "\"");
    }
  }

  /**
   * Which trusted key has signed it, and which commit.
   *
   * @param now today
   * @throws SignatureException when none of them did
   */
  Signed signer(Repository mirror, TrustedKeys trust, Instant now) throws SignatureException {
    String commit = text.substring(OBJECT_LINE.length(), text.indexOf('\n'));
    return new Signed(key(mirror, trust, now).name(), commit);
  }

  private TrustedKey key(Repository mirror, TrustedKeys trust, Instant now)
      throws SignatureException {
    byte[] signed = bytes(text);
    if (signature.startsWith("-----BEGIN PGP")) {
      return OpenPgpKey.signer(signed, bytes(signature), trust.openPgp(), now);
    } else if (signature.startsWith("-----BEGIN SSH")) {
      return SshSignatures.signer(mirror, signed, bytes(signature), trust);
    }
    throw new SignatureException("it is signed with X.509, which cannot be checked");
  }

  private static byte[] bytes(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }
}

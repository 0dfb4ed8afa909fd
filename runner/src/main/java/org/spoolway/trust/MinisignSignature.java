package org.spoolway.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.spoolway.durable.Checksum;
import org.spoolway.wording.Quoted;

/**
 * What minisign puts beside a file, as {@code FILE.minisig}.
 *
 * <pre>
 * untrusted comment: anything
 * base64 of: algorithm (2)  key's number (8)  signature of the file or of its hash (64)
 * trusted comment: timestamp:1763800000   file:notes-1.2.0.tar.gz   hashed
 * base64 of: signature (64) of the signature above and the trusted comment
 * </pre>
 *
 * <p>The algorithm is {@code Ed}, the file itself, or {@code ED}, its BLAKE2b hash of 64 bytes. The
 * trusted comment can be checked without the file. By {@code file:}, which minisign writes by
 * itself, a signature holds for a file of that name alone: a good one of another version must not
 * pass for it.
 */
public final class MinisignSignature {

  /** No signature needs more. */
  public static final int MOST_BYTES = 16 << 10;

  /** One of the file itself is checked in memory; minisign has not made such ones since 0.10. */
  static final int MOST_UNHASHED_BYTES = 32 << 20;

  static final String UNTRUSTED = "untrusted comment: ";
  static final String TRUSTED = "trusted comment: ";
  static final String FILE = "file:";
  private static final int LINES = 4;
  private static final int SIGNATURE_OFFSET = 2 + Long.BYTES;
  private static final int SIGNATURE_BYTES = 64;
  private static final int HASH_BITS = 512;
  private static final int BUFFER = 1 << 16;

  private enum Algorithm {
    OF_CONTENT,
    OF_HASH
  }

  private final Algorithm algorithm;
  private final String id;
  private final byte[] signature;
  private final String comment;
  private final byte[] commentSignature;

  private MinisignSignature(byte[] head, String comment, byte[] commentSignature)
      throws SignatureException {
    this.algorithm = algorithm(head);
    this.id = MinisignKey.id(head, 2);
    this.signature = Arrays.copyOfRange(head, SIGNATURE_OFFSET, head.length);
    this.comment = comment;
    this.commentSignature = commentSignature;
  }

  /** Reads one; nothing of it can be believed yet. */
  public static MinisignSignature parse(byte[] file) throws SignatureException {
    return of(text(file).lines().toList());
  }

  /**
   * Reads several, one below the other, as {@code cat} puts them together.
   *
   * @throws SignatureException when there is none, anything else between them, or more than anybody
   *     needs
   */
  public static List<MinisignSignature> parseAll(byte[] file) throws SignatureException {
    if (file.length > MOST_BYTES) {
      throw unreadable();
    }
    List<String> lines = text(file).lines().toList();
    if (lines.isEmpty() || lines.size() % LINES != 0) {
      throw unreadable();
    }
    List<MinisignSignature> all = new ArrayList<>();
    for (int line = 0; line < lines.size(); line += LINES) {
      all.add(of(lines.subList(line, line + LINES)));
    }
    return all;
  }

  private static MinisignSignature of(List<String> lines) throws SignatureException {
    if (lines.size() != LINES
        || !lines.get(0).startsWith(UNTRUSTED)
        || !lines.get(2).startsWith(TRUSTED)) {
      throw unreadable();
    }
    return new MinisignSignature(
        decoded(lines.get(1), SIGNATURE_OFFSET + SIGNATURE_BYTES),
        lines.get(2).substring(TRUSTED.length()),
        decoded(lines.get(LINES - 1), SIGNATURE_BYTES));
  }

  private static String text(byte[] file) throws SignatureException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      throw unreadable();
    }
  }

  private static byte[] decoded(String line, int bytes) throws SignatureException {
    try {
      byte[] decoded = Base64.getDecoder().decode(line);
      if (decoded.length == bytes) {
        return decoded;
      }
    } catch (IllegalArgumentException noBase64) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static Algorithm algorithm(byte[] head) throws SignatureException {
    if (head[0] == 'E' && head[1] == 'd') {
      return Algorithm.OF_CONTENT;
    } else if (head[0] == 'E' && head[1] == 'D') {
      return Algorithm.OF_HASH;
    }
    throw unreadable();
  }

  private static SignatureException unreadable() {
    return new SignatureException("its signature is not one of minisign");
  }

  /** The number of the key that it says it is by, as people see it. */
  public String keyId() {
    return id;
  }

  /**
   * Which of some keys has signed a file of this name. What is in the file is not looked at: {@link
   * #requireContent} does that.
   *
   * @throws SignatureException when none of them has
   */
  public MinisignKey signer(String fileName, TrustedKeys trust) throws SignatureException {
    MinisignKey key =
        trust.minisign(id).orElseThrow(() -> SignatureException.untrusted("minisign key " + id));
    if (!key.hasSigned(commentSignature, signedComment())) {
      throw refused(key, "its trusted comment is not what was signed");
    }
    requireName(fileName, key);
    return key;
  }

  private byte[] signedComment() {
    byte[] words = comment.getBytes(StandardCharsets.UTF_8);
    byte[] signed = Arrays.copyOf(signature, SIGNATURE_BYTES + words.length);
    System.arraycopy(words, 0, signed, SIGNATURE_BYTES, words.length);
    return signed;
  }

  private void requireName(String fileName, MinisignKey key) throws SignatureException {
    List<String> names =
        Arrays.stream(comment.split("[\t ]+", -1)).filter(word -> word.startsWith(FILE)).toList();
    if (names.isEmpty()) {
      throw refused(
          key, "its trusted comment does not name the file, as in " + Quoted.of(FILE + fileName));
    } else if (!names.equals(List.of(FILE + fileName))) {
      throw refused(key, "it is of " + Quoted.of(String.join(" ", names).substring(FILE.length())));
    }
  }

  /** Whether it says that it is by a key; whether that is so, {@link #signer} finds out. */
  public boolean claimsToBeBy(MinisignKey key) {
    return id.equals(key.id());
  }

  /** What tells it from any other, of other content: a hash in hex. */
  public String fingerprint() {
    MessageDigest digest = Checksum.digest();
    digest.update(signature);
    return Checksum.hex(digest);
  }

  /**
   * Sees that it is of this content.
   *
   * @param content read to its end
   * @param signer by which it was made
   * @throws SignatureException when it is of another one
   */
  public void requireContent(InputStream content, MinisignKey signer)
      throws SignatureException, IOException {
    byte[] signed = algorithm == Algorithm.OF_HASH ? hash(content) : whole(content, signer);
    if (!signer.hasSigned(signature, signed)) {
      throw refused(signer, "it is not of this content");
    }
  }

  static byte[] hash(InputStream content) throws IOException {
    Blake2bDigest digest = new Blake2bDigest(HASH_BITS);
    byte[] buffer = new byte[BUFFER];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  private byte[] whole(InputStream content, MinisignKey key)
      throws SignatureException, IOException {
    byte[] whole = content.readNBytes(MOST_UNHASHED_BYTES + 1);
    if (whole.length > MOST_UNHASHED_BYTES) {
      throw refused(
          key,
          "it is of the old kind, for files of at most 32 MiB; sign without `-l`, or with `-H`");
    }
    if (whole.length == HASH_BITS / Byte.SIZE) {
      // Which kind it is nobody has signed: it could be a hash, by a signature of the other kind.
      throw refused(key, "it is of the old kind, and its file as long as a hash");
    }
    return whole;
  }

  private static SignatureException refused(MinisignKey key, String observed) {
    return new SignatureException(
        "its signature by the " + key.name() + " is no good: " + observed);
  }
}

package org.spoolway.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.trust.TrustedKey.UnusableKeyException;

/** Signatures that the real minisign makes. */
class MinisignSignatureTest {

  private static final String NAME = "notes-1.2.0.tar.gz";
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path directory;
  private Minisign alice;
  private TrustedKeys trust;

  @BeforeEach
  void sign() throws Exception {
    alice = Minisign.makeKey(directory, "alice");
    trust = new TrustedKeys(List.of(alice.key()));
    Files.write(directory.resolve(NAME), CONTENT);
  }

  @Test
  void aKeyHasTheNumberThatItsOwnerSees() throws Exception {
    String file = Files.readString(directory.resolve("alice.pub"));
    String id = file.lines().findFirst().orElseThrow().replaceAll(".* ", "");

    assertEquals("minisign key " + id, alice.key().name());
    assertEquals(alice.key(), TrustedKey.parse(file));
    assertEquals(alice.key(), TrustedKey.parse(file.lines().skip(1).findFirst().orElseThrow()));
  }

  /** One key in sixteen has a number that begins with a zero. */
  @Test
  void aNumberHasNoLeadingZerosAsMinisignPrintsIt() {
    assertEquals("1F", MinisignKey.id(new byte[] {0, 0, 0x1f, 0, 0, 0, 0, 0, 0, 0}, 2));
    assertEquals(
        "FF00000000000000", MinisignKey.id(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff}, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-H", "-l"})
  void whatItHasSignedIsKnownAsIts(String kind) throws Exception {
    MinisignSignature signature = alice.sign(NAME, kind);

    MinisignKey signer = signature.signer(NAME, trust);
    signature.requireContent(content(), signer);

    assertEquals(alice.key(), signer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-H", "-l"})
  void otherContentIsRefused(String kind) throws Exception {
    MinisignSignature signature = alice.sign(NAME, kind);
    MinisignKey signer = signature.signer(NAME, trust);

    for (byte[] other : List.of(new byte[] {1, 2, 4}, new byte[] {1, 2}, new byte[0])) {
      assertRefused(
          "its signature by the " + signer.name() + " is no good: it is not of this content",
          () -> signature.requireContent(new ByteArrayInputStream(other), signer));
    }
  }

  @Test
  void anotherKeysIsRefusedByItsNumber() throws Exception {
    Minisign mallory = Minisign.makeKey(directory, "mallory");
    MinisignSignature signature = mallory.sign(NAME, "-H");

    assertRefused(
        "it is signed by the " + mallory.key().name() + ", which `source.trust` does not name",
        () -> signature.signer(NAME, trust));
  }

  @Test
  void anotherKeysUnderAliceNumberIsRefused() throws Exception {
    Minisign mallory = Minisign.makeKey(directory, "mallory");
    MinisignKey borrowed = new MinisignKey(mallory.key().id(), alice.key().point());
    MinisignSignature signature = mallory.sign(NAME, "-H");

    assertRefused(
        "its signature by the "
            + borrowed.name()
            + " is no good: its trusted comment is not what was signed",
        () -> signature.signer(NAME, new TrustedKeys(List.of(borrowed))));
  }

  @Test
  void aSignatureOfAnotherFileIsRefused() throws Exception {
    Files.write(directory.resolve("notes-1.1.0.tar.gz"), CONTENT);
    MinisignSignature signature = alice.sign("notes-1.1.0.tar.gz", "-H");

    assertRefused(
        "its signature by the "
            + alice.key().name()
            + " is no good: it is of \"notes-1.1.0.tar.gz\"",
        () -> signature.signer(NAME, trust));
  }

  @Test
  void aTrustedCommentWithoutTheFilesNameIsRefused() throws Exception {
    MinisignSignature signature = alice.sign(NAME, "-H", "-t", "the best release ever");

    assertRefused(
        "its signature by the "
            + alice.key().name()
            + " is no good: its trusted comment does not name the file, as in"
            + " \"file:notes-1.2.0.tar.gz\"",
        () -> signature.signer(NAME, trust));
  }

  @Test
  void aTrustedCommentOfOnesOwnMayNameTheFile() throws Exception {
    MinisignSignature signature = alice.sign(NAME, "-H", "-t", "at last file:" + NAME);

    assertEquals(alice.key(), signature.signer(NAME, trust));
  }

  @Test
  void aTrustedCommentThatNamesTwoFilesIsRefused() throws Exception {
    MinisignSignature signature =
        alice.sign(NAME, "-H", "-t", "file:notes-1.1.0.tar.gz file:" + NAME);

    SignatureException refused =
        assertThrows(SignatureException.class, () -> signature.signer(NAME, trust));
    assertTrue(refused.observed().contains("it is of \"notes-1.1.0.tar.gz"), refused.observed());
  }

  @Test
  void aTrustedCommentThatWasExchangedIsRefused() throws Exception {
    Files.write(directory.resolve("notes-1.1.0.tar.gz"), CONTENT);
    alice.sign("notes-1.1.0.tar.gz", "-H");
    String text = Files.readString(directory.resolve("notes-1.1.0.tar.gz.minisig"));
    MinisignSignature signature = parse(text.replace("file:notes-1.1.0", "file:notes-1.2.0"));

    assertRefused(
        "its signature by the "
            + alice.key().name()
            + " is no good: its trusted comment is not what was signed",
        () -> signature.signer(NAME, trust));
  }

  /** The number and the algorithm are outside of what is signed. */
  @Test
  void aSignatureWhoseAlgorithmWasExchangedIsOfNoContent() throws Exception {
    alice.sign(NAME, "-H");
    List<String> lines = Files.readAllLines(directory.resolve(NAME + ".minisig"));
    byte[] head = Base64.getDecoder().decode(lines.get(1));
    head[1] = 'd';
    MinisignSignature signature =
        parse(
            String.join(
                "\n",
                lines.get(0),
                Base64.getEncoder().encodeToString(head),
                lines.get(2),
                lines.get(3)));
    MinisignKey signer = signature.signer(NAME, trust);

    assertRefused(
        "its signature by the " + signer.name() + " is no good: it is not of this content",
        () -> signature.requireContent(content(), signer));
  }

  /** Which kind a signature is nobody has signed: the hash would pass for what was hashed. */
  @Test
  void aHashIsNotTakenForWhatWasSigned() throws Exception {
    alice.sign(NAME, "-H");
    List<String> lines = Files.readAllLines(directory.resolve(NAME + ".minisig"));
    byte[] head = Base64.getDecoder().decode(lines.get(1));
    head[1] = 'd';
    String other = Base64.getEncoder().encodeToString(head);
    MinisignSignature signature =
        parse(String.join("\n", lines.get(0), other, lines.get(2), lines.get(3)));
    MinisignKey signer = signature.signer(NAME, trust);
    Blake2bDigest digest = new Blake2bDigest(512);
    digest.update(CONTENT, 0, CONTENT.length);
    byte[] hash = new byte[64];
    digest.doFinal(hash, 0);

    assertRefused(
        "its signature by the "
            + signer.name()
            + " is no good: it is of the old kind, and its file as long as a hash",
        () -> signature.requireContent(new ByteArrayInputStream(hash), signer));
  }

  @Test
  void oneOfTheOldKindIsOnlyForWhatFitsInMemory() throws Exception {
    MinisignSignature signature = alice.sign(NAME, "-l");
    MinisignKey signer = signature.signer(NAME, trust);

    SignatureException refused =
        assertThrows(
            SignatureException.class, () -> signature.requireContent(new Endless(), signer));
    assertTrue(refused.observed().contains("at most 32 MiB"), refused.observed());
  }

  @Test
  void whatIsNoSignatureIsRefused() throws Exception {
    alice.sign(NAME, "-H");
    String text = Files.readString(directory.resolve(NAME + ".minisig"));
    List<String> lines = text.lines().toList();
    List<String> garbled =
        List.of(
            "",
            "\n\n\n\n",
            "<html>404</html>",
            text + text,
            String.join("\n", lines.subList(0, 3)),
            text.replace("untrusted comment: ", ""),
            text.replace("trusted comment: t", "comment: t"),
            text.replace(lines.get(1), lines.get(3)),
            text.replace(lines.get(3), lines.get(1)),
            text.replace(lines.get(3), "?" + lines.get(3).substring(1)),
            text.replace(lines.get(1), "AA" + lines.get(1).substring(2)));
    for (String other : garbled) {
      assertRefused("its signature is not one of minisign", () -> parse(other));
    }
    assertRefused(
        "its signature is not one of minisign",
        () -> MinisignSignature.parse(new byte[] {(byte) 0xff, (byte) 0xfe}));
  }

  @Test
  void whatIsNoKeyIsRefused() throws Exception {
    String line = alice.line();
    assertUnusable("RW" + "A".repeat(54), "no public key of minisign: it is no point of the curve");
    assertUnusable(
        "untrusted comment: mine\nRWQ",
        "no public key of minisign, which is a line of 56 letters that begins with RW");
    assertUnusable(
        "untrusted comment: minisign encrypted secret key\n" + line + "AAAA",
        "no public key of minisign, which is a line of 56 letters that begins with RW");
  }

  private static void assertUnusable(String text, String observed) {
    UnusableKeyException unusable =
        assertThrows(UnusableKeyException.class, () -> TrustedKey.parse(text));
    assertEquals(observed, unusable.observed());
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void assertRefused(String observed, Work work) {
    assertEquals(observed, assertThrows(SignatureException.class, work::run).observed());
  }

  private static MinisignSignature parse(String text) throws SignatureException {
    return MinisignSignature.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream content() {
    return new ByteArrayInputStream(CONTENT);
  }

  /** Zeros without end. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return length;
    }
  }
}

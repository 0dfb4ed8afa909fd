package org.spoolway.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.trust.TrustedKey.UnusableKeyException;

/** Keys and signatures that the real GnuPG makes. */
class OpenPgpKeyTest {

  private static final String TEXT = "object 1\ntype commit\ntag v1.0.0\n\nit works\n";
  private static final String ALICE = "Alice <alice@example.org>";
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path directory;
  private Gpg gpg;

  @BeforeEach
  void makeKeyring() throws IOException {
    gpg = new Gpg(directory.resolve("gpg")).at("20260101T000000");
  }

  @AfterEach
  void endAgent() throws IOException {
    gpg.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa3072", "nistp256"})
  void whatATrustedKeyHasSignedIsItsOwners(String algorithm) throws Exception {
    String id = gpg.makeKey(ALICE, algorithm, "sign", "never");
    OpenPgpKey key = gpg.key(id);

    assertEquals(key, signer(gpg.sign(id, TEXT), key));
    assertEquals("OpenPGP key " + id + " (" + ALICE + ")", key.name());
  }

  @Test
  void aSubkeyThatMaySignSpeaksForItsKey() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "cert", "never");
    gpg.gpg("--passphrase", "", "--quick-add-key", id, "ed25519", "sign", "never");
    OpenPgpKey key = gpg.key(id);

    assertEquals(key, signer(gpg.sign(id, TEXT), key));
  }

  @Test
  void otherContentIsNotSigned() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    byte[] signature = gpg.sign(id, TEXT + " ");

    assertRefused("it is not of this content", signature, gpg.key(id));
  }

  @Test
  void somebodyElsesWordDoesNotCount() throws Exception {
    String alice = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    String mallory = gpg.makeKey("Mallory <m@example.org>", "ed25519", "sign", "never");

    assertRefused(
        "it is signed by the OpenPGP key "
            + mallory.substring(mallory.length() - 16)
            + ", which `source.trust` does not name",
        gpg.sign(mallory, TEXT),
        gpg.key(alice));
  }

  @Test
  void anyOfSeveralKeysIsEnough() throws Exception {
    String alice = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    String bob = gpg.makeKey("Bob <bob@example.org>", "ed25519", "sign", "never");

    assertEquals(gpg.key(bob), signer(gpg.sign(bob, TEXT), gpg.key(alice), gpg.key(bob)));
  }

  @Test
  void aKeyThatHasExpiredSinceSaysNothingAnyMore() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "30d");
    byte[] signature = gpg.sign(id, TEXT);

    assertRefused("the key may not sign, has expired or was revoked", signature, gpg.key(id));
    assertFalse(gpg.key(id).countsAt(NOW));
    assertTrue(gpg.key(id).countsAt(NOW.minusSeconds(45 * 86_400)));
    assertEquals(
        gpg.key(id),
        OpenPgpKey.signer(bytes(), signature, List.of(gpg.key(id)), NOW.minusSeconds(45 * 86_400)));
  }

  @Test
  void aKeyIsGoodAgainOnceItsOwnerHasRenewedItAndItWasPutIntoTheFileAnew() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "30d");
    byte[] signature = gpg.sign(id, TEXT);
    gpg.at("20260115T000000").gpg("--passphrase", "", "--quick-set-expire", id, "never");

    assertEquals(gpg.key(id), signer(signature, gpg.key(id)));
  }

  @Test
  void aRevokedKeyIsNoKeyToTrust() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    Path revocation = gpg.directory().resolve("openpgp-revocs.d/" + id + ".rev");
    String certificate = Files.readString(revocation).replace(":-----BEGIN", "-----BEGIN");
    gpg.gpg(certificate.getBytes(StandardCharsets.UTF_8), "--import");

    assertMayNotSign(id);
  }

  private void assertMayNotSign(String id) {
    assertTrue(
        assertThrows(UnusableKeyException.class, () -> gpg.key(id))
            .observed()
            .startsWith("an OpenPGP key that may not sign, or was revoked; "));
  }

  @Test
  void aSubkeyThatWasRevokedSaysNothing() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "cert", "never");
    gpg.gpg("--passphrase", "", "--quick-add-key", id, "ed25519", "sign", "never");
    byte[] signature = gpg.sign(id, TEXT);
    gpg.at("20260110T000000");
    gpg.gpg("--passphrase", "", "--quick-add-key", id, "ed25519", "sign", "never");
    gpg.at("20260115T000000")
        .gpg(
            "key 1\nrevkey\ny\n0\n\ny\nsave\n".getBytes(StandardCharsets.UTF_8),
            "--no-batch",
            "--no-tty",
            "--passphrase",
            "",
            "--command-fd",
            "0",
            "--edit-key",
            id);

    assertRefused("the key may not sign, has expired or was revoked", signature, gpg.key(id));
  }

  @Test
  void aSignatureOfTomorrowIsRefused() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    byte[] signature = gpg.at("20270101T000000").sign(id, TEXT);

    assertRefused("it is dated in the future", signature, gpg.key(id));
  }

  @Test
  void aSignatureThatHasExpiredIsRefused() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    byte[] signature = gpg.sign(id, TEXT, "--default-sig-expire", "10d");

    assertRefused("it has expired", signature, gpg.key(id));
  }

  @Test
  void aSignatureOfTextIsNotOneOfBytes() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    byte[] signature = gpg.sign(id, TEXT, "--textmode");

    assertRefused("it is not of this content", signature, gpg.key(id));
  }

  @Test
  void aWeakHashIsNotGoodEnough() throws Exception {
    String id = gpg.makeKey(ALICE, "rsa3072", "sign", "never");
    byte[] signature = gpg.sign(id, TEXT, "--digest-algo", "SHA1");

    assertRefused("its hash is too weak", signature, gpg.key(id));
  }

  @Test
  void whatIsNoSignatureCannotBeRead() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    OpenPgpKey key = gpg.key(id);

    for (String text : List.of("", "nonsense", "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n")) {
      byte[] signature = text.getBytes(StandardCharsets.UTF_8);
      assertTrue(
          assertThrows(SignatureException.class, () -> signer(signature, key), text)
              .observed()
              .startsWith("its signature "));
    }
    byte[] publicKey = gpg.export(id).getBytes(StandardCharsets.UTF_8);
    assertThrows(SignatureException.class, () -> signer(publicKey, key));
  }

  @Test
  void aPrivateKeyHasNoBusinessInADeploymentFile() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    String text = gpg.gpg("--passphrase", "", "--armor", "--export-secret-keys", id);

    assertUnusable("a private key; only the public one belongs here", text);
  }

  @Test
  void aKeyThatMayNotSignIsRefused() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "cert", "never");

    assertMayNotSign(id);
  }

  @Test
  void severalKeysInOneTextAreRefused() throws Exception {
    gpg.makeKey(ALICE, "ed25519", "sign", "never");
    gpg.makeKey("Bob <bob@example.org>", "ed25519", "sign", "never");

    assertUnusable(
        "2 OpenPGP keys in one text; give each a text of its own", gpg.gpg("--armor", "--export"));
  }

  @Test
  void aKeyThatIsCutShortIsRefused() throws Exception {
    String id = gpg.makeKey(ALICE, "ed25519", "sign", "never");
    String text = gpg.export(id);

    assertThrows(
        UnusableKeyException.class, () -> TrustedKey.parse(text.substring(0, text.length() / 2)));
  }

  private static OpenPgpKey signer(byte[] signature, OpenPgpKey... keys) throws SignatureException {
    return OpenPgpKey.signer(bytes(), signature, List.of(keys), NOW);
  }

  private static byte[] bytes() {
    return TEXT.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(String expected, byte[] signature, OpenPgpKey key) {
    String observed =
        assertThrows(SignatureException.class, () -> signer(signature, key)).observed();
    assertTrue(observed.endsWith(expected), observed);
  }

  private static void assertUnusable(String expected, String text) {
    assertEquals(
        expected,
        assertThrows(UnusableKeyException.class, () -> TrustedKey.parse(text)).observed());
  }
}

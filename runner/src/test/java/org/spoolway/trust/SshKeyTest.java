package org.spoolway.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.trust.TrustedKey.UnusableKeyException;

/** Keys that the real ssh-keygen makes. */
class SshKeyTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"ed25519,256", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,2048"})
  void aPublicKeyHasTheFingerprintThatItsOwnerSees(String type, String bits) throws Exception {
    Path key = make(type, bits, "alice@example.org");
    String shown = Tools.run(directory, "ssh-keygen", "-l", "-f", key + ".pub");

    SshKey read = (SshKey) TrustedKey.parse(Files.readString(Path.of(key + ".pub")));

    assertEquals(shown.split(" ", -1)[1], read.fingerprint());
    assertEquals("SSH key " + read.fingerprint() + " (alice@example.org)", read.name());
  }

  @Test
  void aKeyWithoutACommentIsKnownByItsFingerprint() throws Exception {
    Path key = make("ed25519", "256", "");
    SshKey read = (SshKey) TrustedKey.parse(Files.readString(Path.of(key + ".pub")));

    assertEquals("SSH key " + read.fingerprint(), read.name());
  }

  @Test
  void aShortRsaKeyIsRefused() throws IOException {
    Path key = make("rsa", "1024", "");

    assertUnusable(
        "an RSA key of 1024 bits, fewer than 2048", Files.readString(Path.of(key + ".pub")));
  }

  @Test
  void aKeyOfAnotherTypeThanItSaysIsRefused() throws IOException {
    Path key = make("ed25519", "256", "");
    String line = Files.readString(Path.of(key + ".pub")).replace("ssh-ed25519", "ssh-rsa");

    assertUnusable("no ssh-rsa key, though it says so", line);
  }

  @Test
  void aPrivateKeyIsNoKeyToTrust() throws IOException {
    Path key = make("ed25519", "256", "");
    String text = Files.readString(key);

    assertThrows(UnusableKeyException.class, () -> TrustedKey.parse(text));
  }

  @Test
  void whatIsNotWholeIsRefused() throws IOException {
    Path key = make("ed25519", "256", "");
    String[] fields = Files.readString(Path.of(key + ".pub")).split(" ", -1);

    assertUnusable("not whole: its middle part is not base64", "ssh-ed25519 AAAA!");
    String cut = fields[0] + " " + fields[1].substring(0, 40);
    assertTrue(
        assertThrows(UnusableKeyException.class, () -> TrustedKey.parse(cut))
            .observed()
            .startsWith("not whole: "));
    assertThrows(UnusableKeyException.class, () -> TrustedKey.parse("ssh-ed25519"));
    assertThrows(UnusableKeyException.class, () -> TrustedKey.parse(""));
  }

  private Path make(String type, String bits, String comment) throws IOException {
    Path key = directory.resolve("key");
    Tools.run(
        directory,
        "ssh-keygen",
        "-q",
        "-t",
        type,
        "-b",
        bits,
        "-N",
        "",
        "-C",
        comment,
        "-f",
        key.toString());
    return key;
  }

  private static void assertUnusable(String expected, String text) {
    assertEquals(
        expected,
        assertThrows(UnusableKeyException.class, () -> TrustedKey.parse(text)).observed());
  }
}

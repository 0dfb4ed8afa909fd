package org.spoolway.trust;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.trust.TrustedKey.UnusableKeyException;

/** Secret keys that the real minisign makes, and signatures that it has to accept. */
class MinisignSecretKeyTest {

  private static final String NAME = "channel.json";
  private static final byte[] CONTENT = "the list".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NO_PASSWORD = {};
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String DAMAGED = "damaged: its parts do not belong together";

  @TempDir Path directory;
  private Minisign alice;

  @BeforeEach
  void makeKey() throws Exception {
    alice = Minisign.makeKey(directory, "alice");
    Files.write(directory.resolve(NAME), CONTENT);
  }

  @Test
  void aKeyWithoutAPasswordIsReadWithItsOwnPublicKey() throws Exception {
    String file = secret("alice");

    assertFalse(MinisignKey.needsPassword(file));
    MinisignKey key = MinisignKey.secret(file, NO_PASSWORD).key();
    assertEquals(alice.key(), key);
    assertEquals(alice.line(), key.line());
  }

  @Test
  void minisignAcceptsWhatItSigns() throws Exception {
    sign(MinisignKey.secret(secret("alice"), NO_PASSWORD));

    String told = Tools.run(directory, "minisign", "-Vm", NAME, "-p", "alice.pub");
    assertTrue(told.contains("Signature and comment signature verified"), told);
    assertTrue(
        told.contains("Trusted comment: timestamp:1795262400\tfile:channel.json\thashed"), told);
    String quiet = Tools.run(directory, "minisign", "-Q", "-H", "-Vm", NAME, "-P", alice.line());
    assertEquals("timestamp:1795262400\tfile:channel.json\thashed\n", quiet);
    String content = Tools.run(directory, "minisign", "-o", "-Vm", NAME, "-p", "alice.pub");
    assertTrue(content.contains("the list"), content);
  }

  @Test
  void itSignsByteForByteWhatMinisignSigns() throws Exception {
    String ours = MinisignKey.secret(secret("alice"), NO_PASSWORD).sign(NAME, content(), NOON);
    alice.sign(NAME, "-H", "-t", "timestamp:1795262400\tfile:channel.json\thashed");

    assertEquals(Files.readString(directory.resolve(NAME + ".minisig")), ours);
  }

  /** Of full cost, and of the lower one that minisign falls back to. */
  @ParameterizedTest
  @ValueSource(ints = {2048, 100})
  void aKeyWithAPasswordIsReadWithIt(int mebibytes) throws Exception {
    Minisign.makeLockedKey(directory, "bob", "corréct horse", mebibytes);
    String file = secret("bob");

    assertTrue(MinisignKey.needsPassword(file));
    sign(MinisignKey.secret(file, bytes("corréct horse")));
    String told = Tools.run(directory, "minisign", "-Vm", NAME, "-p", "bob.pub");
    assertTrue(told.contains("Signature and comment signature verified"), told);
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    Minisign.makeLockedKey(directory, "bob", "correct horse", 100);
    String file = secret("bob");
    String refusal = "locked by another password, or damaged";

    assertRefused(refusal, file, bytes("wrong horse"));
    assertRefused(refusal, file, NO_PASSWORD);
    assertRefused(refusal, changed(file, 60), bytes("correct horse"));
    assertRefused(refusal, changed(file, 157), bytes("correct horse"));
  }

  @ParameterizedTest
  @ValueSource(ints = {62, 93, 94, 125, 126, 157})
  void aDamagedKeyIsRefused(int offset) throws Exception {
    assertRefused(DAMAGED, changed(secret("alice"), offset), NO_PASSWORD);
  }

  @Test
  void anImpossibleCostIsDamageToo() throws Exception {
    byte[] key = decoded(secret("alice"));
    key[2] = 'S';
    key[3] = 'c';
    String damaged = "damaged: no password is as costly as it says";

    assertAll(
        () -> assertRefused(damaged, encoded(key), NO_PASSWORD),
        () -> assertRefused(damaged, costing(key, Long.MAX_VALUE, 1 << 30), NO_PASSWORD),
        () -> assertRefused(damaged, costing(key, -1, 1 << 30), NO_PASSWORD),
        () -> assertRefused(damaged, costing(key, 1 << 25, Long.MAX_VALUE), NO_PASSWORD),
        () -> assertRefused(damaged, costing(key, 1 << 29, 1 << 12), NO_PASSWORD));
  }

  @Test
  void tooLittleMemoryIsSaidBeforeItIsTried() throws Exception {
    ScryptCost usual = ScryptCost.of(1 << 25, 1 << 30);
    assertEquals(new ScryptCost(1 << 20, 1), usual);
    UnusableKeyException refusal =
        assertThrows(UnusableKeyException.class, () -> usual.require(256L << 20));
    assertEquals(
        "locked by a password that takes 1024 MiB of memory, and Java has 256 MiB; run it with"
            + " SPOOLWAY_JAVA_OPTS=-Xmx2048m",
        refusal.observed());
    usual.require(2048L << 20);
  }

  @Test
  void parametersOfScryptAreThoseOfLibsodium() throws Exception {
    assertEquals(new ScryptCost(1 << 14, 1), ScryptCost.of(524_288, 16 << 20));
    assertEquals(new ScryptCost(1 << 10, 1), ScryptCost.of(1, 1 << 30));
    assertEquals(new ScryptCost(1 << 14, 64), ScryptCost.of(1 << 25, 16 << 20));
  }

  @Test
  void whatIsNoSecretKeyIsRefused() throws Exception {
    String none = "no secret key of minisign, which is a line of 212 letters that begins with RW";
    String publicKey = Files.readString(directory.resolve("alice.pub"));
    String key = secret("alice");

    assertRefused(none, publicKey, NO_PASSWORD);
    assertRefused(none, "", NO_PASSWORD);
    assertRefused(none, key.substring(0, key.length() - 10), NO_PASSWORD);
    assertRefused(none, "untrusted comment: nothing below", NO_PASSWORD);
    assertRefused(
        "no secret key of minisign, or of a kind that is not known", changed(key, 2), NO_PASSWORD);
    assertRefused(
        "no secret key of minisign, or of a kind that is not known", changed(key, 4), NO_PASSWORD);
  }

  private void assertRefused(String observed, String file, byte[] password) {
    UnusableKeyException refusal =
        assertThrows(UnusableKeyException.class, () -> MinisignKey.secret(file, password));
    assertEquals(observed, refusal.observed());
  }

  private void sign(MinisignKey.Secret secret) throws IOException {
    Files.writeString(directory.resolve(NAME + ".minisig"), secret.sign(NAME, content(), NOON));
  }

  private InputStream content() throws IOException {
    return Files.newInputStream(directory.resolve(NAME));
  }

  private String secret(String name) throws IOException {
    return Files.readString(directory.resolve(name + ".key"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String changed(String file, int offset) {
    byte[] key = decoded(file);
    key[offset] ^= 1;
    return encoded(key);
  }

  private static String costing(byte[] key, long operations, long memory) {
    byte[] costly = Arrays.copyOf(key, key.length);
    ByteBuffer.wrap(costly)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(38, operations)
        .putLong(46, memory);
    return encoded(costly);
  }

  private static byte[] decoded(String file) {
    return Base64.getDecoder().decode(file.lines().toList().get(1));
  }

  private static String encoded(byte[] key) {
    return "untrusted comment: a key\n" + Base64.getEncoder().encodeToString(key) + "\n";
  }
}

package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.Gpg;
import org.spoolway.trust.OpenPgpKey;
import org.spoolway.trust.Signed;
import org.spoolway.trust.SshKey;
import org.spoolway.trust.Tools;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKeys;
import org.spoolway.wording.Printable;

/** Tags that the real git signs, with the real GnuPG and the real ssh-keygen. */
class SignedTagTest extends GitFixture {

  private static final String UNTRUSTED = "which `source.trust` does not name";

  private SshKey alice;

  @BeforeEach
  void makeReleaseAndKey() throws Exception {
    repository.commit("work");
    alice = makeKey("alice", "ed25519", "256");
  }

  @ParameterizedTest
  @CsvSource({"ed25519,256", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,3072"})
  void aTagThatGitSignsWithAnSshKeyIsItsOwners(String type, String bits) throws Exception {
    SshKey key = makeKey("maker", type, bits);
    signWithSsh("maker", "v1.0.0");

    assertEquals(key.name(), signer("1.0.0", alice, key));
  }

  @Test
  void aTagThatGitSignsWithGnuPgIsItsOwners() throws Exception {
    try (Gpg gpg = new Gpg(scratch.resolve("gpg"))) {
      String id = gpg.makeKey("Bob <bob@example.org>", "ed25519", "sign", "never");
      signWithGpg(gpg, id, "v1.0.0");
      OpenPgpKey bob = gpg.key(id);

      assertEquals(bob.name(), signer("1.0.0", alice, bob));
      assertRefused(id.substring(id.length() - 16) + ", " + UNTRUSTED, "1.0.0", alice);
    }
  }

  @Test
  void aLightweightTagIsRefused() throws Exception {
    repository.git("tag", "v1.0.0");

    assertRefused("it is a lightweight tag, which nobody can sign", "1.0.0", alice);
  }

  @Test
  void aTagThatNobodySignedIsRefused() throws Exception {
    repository.git("tag", "-a", "-m", "Version 1", "v1.0.0");

    assertRefused("it is not signed", "1.0.0", alice);
  }

  @Test
  void aSignatureThatIsOnlyMentionedIsNone() throws Exception {
    repository.git("tag", "-a", "-m", "see -----BEGIN SSH SIGNATURE----- below", "v1.0.0");

    assertRefused("it is not signed", "1.0.0", alice);
  }

  @Test
  void somebodyElsesSignatureDoesNotCount() throws Exception {
    SshKey mallory = makeKey("mallory", "ed25519", "256");
    signWithSsh("mallory", "v1.0.0");

    assertRefused(
        "it is signed by the SSH key " + mallory.fingerprint() + ", " + UNTRUSTED, "1.0.0", alice);
  }

  @Test
  void aSignedTagDoesNotPassForAnotherVersion() throws Exception {
    signWithSsh("alice", "v1.0.0");
    repository.git("update-ref", "refs/tags/v9.0.0", repository.git("rev-parse", "v1.0.0"));

    assertEquals(alice.name(), signer("1.0.0", alice));
    assertRefused("it was signed under another name, \"tag v1.0.0\"", "9.0.0", alice);
  }

  @Test
  void aSignedTagOfATagIsRefused() throws Exception {
    repository.git("tag", "-a", "-m", "inner", "inner");
    signWithSsh("alice", "v1.0.0", "inner");

    assertRefused("it is the tag of something else than a commit", "1.0.0", alice);
  }

  @Test
  void whatWasChangedAfterwardsIsNotSigned() throws Exception {
    signWithSsh("alice", "v1.0.0");
    repository.commit("something else");
    String signed = repository.git("cat-file", "tag", "v1.0.0") + "\n";
    String commit = repository.git("rev-parse", "HEAD");
    tagAs(
        "v1.1.0",
        signed.replaceFirst("object \\w+", "object " + commit).replace("v1.0.0", "v1.1.0"));

    assertRefused("it is not of this content, or for another purpose than git's", "1.1.0", alice);
  }

  @Test
  void theLastSignatureIsTheOneThatCounts() throws Exception {
    makeKey("mallory", "ed25519", "256");
    signWithSsh("alice", "v1.0.0");
    String signed = repository.git("cat-file", "tag", "v1.0.0");
    String forged = signed.substring(signed.indexOf("-----BEGIN SSH"));
    repository.git("tag", "-a", "-m", "mine\n\n" + forged + "\n\nand more", "v1.1.0");

    assertRefused("1.1.0", alice);
  }

  @Test
  void anSshSignatureForAnotherPurposeIsRefused() throws Exception {
    signWithSshKeygen("file");

    assertRefused("1.0.0", alice);
  }

  @Test
  void aSignatureInTheNamespaceOfGitIsWhatGitItselfMakes() throws Exception {
    signWithSshKeygen("git");

    assertEquals(alice.name(), signer("1.0.0", alice));
  }

  private void signWithSshKeygen(String namespace) throws IOException {
    repository.git("tag", "-a", "-m", "Version 1", "v1.0.0");
    String text = repository.git("cat-file", "tag", "v1.0.0") + "\n";
    Path file = Files.writeString(scratch.resolve("text"), text);
    Tools.run(
        scratch, "ssh-keygen", "-Y", "sign", "-n", namespace, "-f", key("alice"), file.toString());
    tagAs("v1.0.0", text + Files.readString(scratch.resolve("text.sig")));
  }

  @Test
  void signaturesThatCannotBeReadAreRefused() throws Exception {
    String head = "object " + repository.git("rev-parse", "HEAD") + "\ntype commit\ntag v1.0.0\n";
    List<String> kinds = List.of("PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE");
    for (String kind : kinds) {
      for (String body : List.of("", "AAAA\n", "U1NIU0lHAAAAAQ==\n", "!\n")) {
        tagAs(
            "v1.0.0",
            head
                + "tagger m <m@example.org> 1 +0000\n\n"
                + ("-----BEGIN " + kind + "-----\n" + body + "-----END " + kind + "-----\n"));

        assertRefused("1.0.0", alice);
      }
    }
  }

  @Test
  void whoSignedAReleaseThatIsHereCanBeToldWithoutAConnection() throws Exception {
    signWithSsh("alice", "v1.0.0");
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);
    Files.move(repository.directory(), scratch.resolve("gone"), StandardCopyOption.ATOMIC_MOVE);

    assertEquals(alice.name(), source.signer(candidate, new TrustedKeys(List.of(alice))).by());
  }

  @Test
  void theSameCommitIsTheSameContentHoweverItsTagIsWritten() throws Exception {
    signWithSsh("alice", "v1.0.0");
    Signed first = signed("1.0.0", alice);
    String text = repository.git("cat-file", "tag", "v1.0.0") + "\n";
    tagAs("v1.0.0", text.replace("SIGNATURE-----\n", "SIGNATURE-----\n\n"));

    assertEquals(repository.git("rev-parse", "HEAD"), first.content());
    assertEquals(first, signed("1.0.0", alice));
  }

  @Test
  void whatWasRefusedLeavesNothingInTheMirror() throws Exception {
    signWithSsh("alice", "v1.0.0");
    assertEquals(alice.name(), signer("1.0.0", alice));
    long before = objectsInMirror();
    for (String version : List.of("1.1.0", "1.2.0")) {
      repository.write("large", version.repeat(10_000)).release("v" + version);
      assertRefused(version, alice);
      assertRefused(version, alice);
    }

    assertEquals(before, objectsInMirror());
    assertEquals("v1.0.0", TestRepository.at(state.mirror()).git("tag", "--list"));
    assertEquals(alice.name(), signer("1.0.0", alice));
  }

  @Test
  void whatCannotBeAReleaseLeavesNothingEither() throws Exception {
    signWithSsh("alice", "v1.0.0");
    assertEquals(alice.name(), signer("1.0.0", alice));
    long before = objectsInMirror();
    repository.git("tag", "v1.1.0", repository.blob("no tree at all"));

    assertProblem(Problem.SOURCE_UNUSABLE, () -> signer("1.1.0", alice));

    assertEquals(before, objectsInMirror());
  }

  @Test
  void wordsOfWhoeverSignsAreNeverManyAndNeverObeyed() throws Exception {
    String words = "\u001b[2K\u0085" + "CALL 0900 ".repeat(1000);
    tagAs(
        "v1.0.0",
        "object "
            + repository.git("rev-parse", "HEAD")
            + "\ntype commit\ntag "
            + words
            + "\ntagger m <m@example.org> 1 +0000\n\n-----BEGIN SSH SIGNATURE-----\n");

    String message = assertRefused("1.0.0", alice);
    assertTrue(message.length() < 400, message);
    assertTrue(message.codePoints().allMatch(Printable::isHarmless), message);
  }

  @Test
  void gitItselfAgrees() throws Exception {
    signWithSsh("alice", "v1.0.0");
    String line = "maker@example.org " + Files.readString(Path.of(key("alice") + ".pub"));
    Path allowed = Files.writeString(scratch.resolve("allowed"), line);

    assertTrue(
        repository
            .git("-c", "gpg.ssh.allowedSignersFile=" + allowed, "verify-tag", "v1.0.0")
            .contains(alice.fingerprint()));
  }

  private SshKey makeKey(String name, String type, String bits) throws Exception {
    Tools.run(
        scratch, "ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", name, "-f", key(name));
    return (SshKey) TrustedKey.parse(Files.readString(Path.of(key(name) + ".pub")));
  }

  private String key(String name) {
    return scratch.resolve("key-of-" + name).toString();
  }

  private void signWithSsh(String owner, String tag, String... object) throws IOException {
    String key = "user.signingKey=" + key(owner);
    if (object.length == 0) {
      repository.git("-c", "gpg.format=ssh", "-c", key, "tag", "-s", "-m", "Version", tag);
    } else {
      repository.git(
          "-c", "gpg.format=ssh", "-c", key, "tag", "-s", "-m", "Version", tag, object[0]);
    }
  }

  private void signWithGpg(Gpg gpg, String id, String tag) throws IOException {
    Path program = scratch.resolve("gpg-here");
    Files.writeString(program, "#!/bin/sh\nexec gpg --homedir " + gpg.directory() + " \"$@\"\n");
    assertTrue(program.toFile().setExecutable(true));
    repository.git(
        "-c", "gpg.program=" + program, "-c", "user.signingKey=" + id, "tag", "-s", "-m", "V", tag);
  }

  private void tagAs(String name, String content) throws IOException {
    String object = repository.rawObject("tag", content.getBytes(StandardCharsets.UTF_8));
    repository.git("update-ref", "refs/tags/" + name, object);
  }

  private String signer(String version, TrustedKey... keys) throws ProblemException {
    return signed(version, keys).by();
  }

  private Signed signed(String version, TrustedKey... keys) throws ProblemException {
    return source.signer(candidate(version), new TrustedKeys(List.of(keys)));
  }

  private void assertRefused(String expected, String version, TrustedKey key) {
    String message = assertRefused(version, key);
    assertTrue(message.endsWith(expected), message);
  }

  private String assertRefused(String version, TrustedKey key) {
    String message =
        String.valueOf(
            assertProblem(Problem.SIGNATURE_REFUSED, () -> signer(version, key)).getMessage());
    assertTrue(message.startsWith("cannot trust the tag v" + version + ": "), message);
    return message;
  }
}

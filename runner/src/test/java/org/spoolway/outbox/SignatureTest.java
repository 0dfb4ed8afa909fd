package org.spoolway.outbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.problem.ProblemException;

class SignatureTest {

  private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path directory;

  /** The example of the Standard Webhooks' own documentation. */
  @Test
  void aSignatureIsThatOfStandardWebhooks() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    Instant now = Instant.ofEpochSecond(1614265330);
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        Signature.signed(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", now, body, Base64.getDecoder().decode(SECRET))
            .get("webhook-signature"));
  }

  private Path file(String content, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aSecretIsReadWithItsLineEnd() throws Exception {
    assertArrayEquals(
        Base64.getDecoder().decode(SECRET),
        Signature.secret(file("whsec_" + SECRET + "\n", "rw-r-----")));
  }

  @ParameterizedTest
  @CsvSource({
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, rw-r--r--, others can read or change it",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, rw--w----, others can read or change it",
    "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, rw-------, it does not begin with whsec_",
    "whsec_MfKQ, rw-------, it has fewer than 24 bytes",
    "whsec_!, rw-------, it is no base64"
  })
  void aFileThatIsNoSecretIsRefused(String content, String mode, String observed)
      throws IOException {
    Path file = file(content, mode);
    ProblemException refused = assertThrows(ProblemException.class, () -> Signature.secret(file));
    assertEquals("cannot sign with " + file + ": " + observed, refused.getMessage());
  }

  @Test
  void aMissingFileSaysHowToMakeIt() {
    Path missing = directory.resolve("missing");
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Signature.secret(missing));
    assertTrue(refused.fix().contains("openssl rand"), refused.fix());
  }
}

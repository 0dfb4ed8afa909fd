package org.spoolway.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.publication.Signing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code channel sign}. */
@Command(
    name = "sign",
    description =
        "Add a signature to those beside a file, as minisign does, in place of an earlier one of"
            + " the same key.")
final class ChannelSignVerb extends FactVerb {

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "What to sign, such as channel.json; the signature goes to FILE.minisig.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "SECRET",
      description = "A secret key that minisign made, minisign.key.")
  private Path key = Path.of("");

  @Option(
      names = "--password-file",
      paramLabel = "F",
      description = "The first line of this file is the key's password (default: it is asked).")
  private @Nullable Path passwordFile;

  @Override
  ExitCode execute() throws IOException, ProblemException {
    Path base = machine().workingDirectory();
    Path whole = base.resolve(file);
    Signing.Signed signed =
        new Signing(whole).by(base.resolve(key), () -> password(base), machine().clock().instant());
    if (form() == Form.JSON) {
      printJson(signed);
    } else {
      screen()
          .print(
              "signed %s by the %s; signatures in %s: %d"
                  .formatted(whole, signed.by(), signed.signatures(), signed.count()));
    }
    return ExitCode.OK;
  }

  private byte[] password(Path base) throws IOException, ProblemException {
    if (passwordFile != null) {
      String text = Files.readString(base.resolve(passwordFile));
      return text.lines().findFirst().orElse("").getBytes(StandardCharsets.UTF_8);
    }
    Optional<char[]> told = machine().password("Password of " + base.resolve(key) + ": ");
    if (told.isEmpty()) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot sign with " + base.resolve(key) + ": it has a password, and nobody to ask for it",
          "Name a file with the password with --password-file, or run it in a terminal.",
          null);
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(told.get()));
    byte[] password = new byte[bytes.remaining()];
    bytes.get(password);
    return password;
  }
}

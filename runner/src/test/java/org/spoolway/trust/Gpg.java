package org.spoolway.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A keyring of the real GnuPG, below a test's own directory; its agent ends with it. */
public final class Gpg implements AutoCloseable {

  private final Path directory;
  private String now = "";

  /** A fresh keyring. */
  public Gpg(Path directory) throws IOException {
    this.directory =
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Where the keyring is, for {@code GNUPGHOME}. */
  public Path directory() {
    return directory;
  }

  /**
   * Has the clock show something else from now on.
   *
   * @param time such as {@code 20200101T000000}
   */
  public Gpg at(String time) {
    now = time;
    return this;
  }

  /**
   * Makes a key without a passphrase.
   *
   * @param expiry such as {@code 1y}, {@code never}
   * @return its fingerprint
   */
  public String makeKey(String owner, String algorithm, String usage, String expiry)
      throws IOException {
    gpg("--passphrase", "", "--quick-gen-key", owner, algorithm, usage, expiry);
    return gpg("--list-keys", "--with-colons", owner)
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .findFirst()
        .map(line -> line.split(":", -1)[9])
        .orElseThrow();
  }

  /** The public key as its owner would publish it. */
  public String export(String key) throws IOException {
    return gpg("--armor", "--export", key);
  }

  /** The same, read. */
  public OpenPgpKey key(String key) throws Exception {
    return (OpenPgpKey) TrustedKey.parse(export(key));
  }

  /** A detached signature as git asks for it. */
  public byte[] sign(String key, String text, String... options) throws IOException {
    List<String> command = command();
    command.addAll(List.of(options));
    command.addAll(List.of("--local-user", key, "--armor", "--detach-sign"));
    return Tools.run(directory, text.getBytes(StandardCharsets.UTF_8), command);
  }

  /** Runs GnuPG and gives what it prints. */
  public String gpg(String... arguments) throws IOException {
    return gpg(new byte[0], arguments);
  }

  /** The same with something to read. */
  public String gpg(byte[] input, String... arguments) throws IOException {
    List<String> command = command();
    command.addAll(List.of(arguments));
    return new String(Tools.run(directory, input, command), StandardCharsets.UTF_8);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of("gpg", "--homedir", directory.toString()));
    command.addAll(List.of("--batch", "--yes", "--pinentry-mode", "loopback"));
    if (!now.isEmpty()) {
      command.addAll(List.of("--faked-system-time", now + "!"));
    }
    return command;
  }

  @Override
  public void close() throws IOException {
    Tools.run(directory, "gpgconf", "--homedir", directory.toString(), "--kill", "all");
  }
}

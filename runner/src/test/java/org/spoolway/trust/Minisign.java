package org.spoolway.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.trust.TrustedKey.UnusableKeyException;

/** A maker with a key of the real minisign. */
public final class Minisign {

  private final Path directory;
  private final String name;
  private final MinisignKey key;

  private Minisign(Path directory, String name, MinisignKey key) {
    this.directory = directory;
    this.name = name;
    this.key = key;
  }

  /** Makes a key without a password, {@code NAME.key} and {@code NAME.pub}. */
  public static Minisign makeKey(Path directory, String name)
      throws IOException, UnusableKeyException {
    Tools.run(directory, "minisign", "-G", "-W", "-p", name + ".pub", "-s", name + ".key");
    String file = Files.readString(directory.resolve(name + ".pub"));
    return new Minisign(directory, name, (MinisignKey) TrustedKey.parse(file));
  }

  /**
   * Makes a key with a password, which minisign lets be cheaper to try where there is less memory.
   *
   * @param mebibytes how much memory it has
   */
  public static Minisign makeLockedKey(Path directory, String name, String password, int mebibytes)
      throws IOException, UnusableKeyException {
    String command =
        "ulimit -v %d && exec minisign -G -p %s.pub -s %s.key"
            .formatted(mebibytes << 10, name, name);
    byte[] twice = (password + "\n" + password + "\n").getBytes(StandardCharsets.UTF_8);
    Tools.run(directory, twice, List.of("sh", "-c", command));
    String file = Files.readString(directory.resolve(name + ".pub"));
    return new Minisign(directory, name, (MinisignKey) TrustedKey.parse(file));
  }

  /** The public key. */
  public MinisignKey key() {
    return key;
  }

  /** The public key, as deployment files have it. */
  public String line() throws IOException {
    return Files.readAllLines(directory.resolve(name + ".pub")).get(1);
  }

  /**
   * Signs a file of the directory, with {@code FILE.minisig}.
   *
   * @param options such as {@code -l} for the old kind
   */
  public MinisignSignature sign(String file, String... options)
      throws IOException, SignatureException {
    sign(directory.resolve(file), options);
    return MinisignSignature.parse(Files.readAllBytes(directory.resolve(file + ".minisig")));
  }

  /** The same of a file anywhere. */
  public void sign(Path file, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("minisign", "-S", "-s"));
    command.add(directory.resolve(name + ".key").toString());
    command.addAll(List.of("-m", file.getFileName().toString()));
    command.addAll(List.of(options));
    Tools.run(file.getParent(), command.toArray(new String[0]));
  }
}

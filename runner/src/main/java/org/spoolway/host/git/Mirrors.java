package org.spoolway.host.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.spoolway.layout.StateDir;

/** The mirrors of a deployment: one of its source, and one for each address of a submodule. */
final class Mirrors {

  private static final int KEY_LENGTH = 40;

  private final StateDir state;

  Mirrors(StateDir state) {
    this.state = state;
  }

  /** Watches the space that mirrors grow into. */
  FreeSpace space() {
    return new FreeSpace(state.path());
  }

  /** The mirror of the source itself. */
  Mirror ofSource() {
    return new Mirror(state.mirror());
  }

  /** The mirror of a submodule's repository; the same for all submodules from one address. */
  Mirror ofSubmodule(GitUrl url) {
    return new Mirror(state.submoduleMirrors().resolve(key(url) + ".git"));
  }

  private static String key(GitUrl url) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(url.text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, KEY_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

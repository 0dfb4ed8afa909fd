package org.spoolway.host.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A file with a token, which nobody but its owner and the owner's group may read. */
final class TokenFile {

  private static final int LONGEST = 1024;

  /** RFC 6750, section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private TokenFile() {}

  /**
   * The token.
   *
   * @throws WebFailure when there is none, or others may read or change it
   */
  static String read(Path file) throws WebFailure {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw WebFailure.unreachable(file + ", which should hold a token, is no file");
      }
      if (!Collections.disjoint(
          OTHERS, Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
        throw WebFailure.unreachable(
            "others may read or change " + file + ", which holds a token; chmod 0600 mends it");
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] bytes = in.readNBytes(LONGEST);
        String token = new String(bytes, StandardCharsets.US_ASCII).strip();
        if (!TOKEN.matcher(token).matches()) {
          throw WebFailure.unreachable(file + " does not hold a token");
        }
        return token;
      }
    } catch (IOException e) {
      throw WebFailure.unreachable("the token in " + file + " cannot be read: " + e.getMessage());
    }
  }
}

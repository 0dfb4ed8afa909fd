package org.spoolway.inspect;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.spoolway.schema.Request;
import org.spoolway.schema.SchemaJson;

/** The hash by which results name a request, for one that {@code RequestSubmitter} writes. */
public final class RequestHash {

  private RequestHash() {}

  /** Plain hex of the SHA-256 of the file's bytes. */
  public static String of(Request request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(SchemaJson.pretty(request)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

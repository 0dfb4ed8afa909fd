package org.spoolway.source;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.spoolway.durable.Checksum;
import org.spoolway.schema.Version;

/**
 * In which order hosts come to what is not for all of them at once: each host at a place of its
 * own, the same for ever, and another one for each release, so that no host is always first.
 */
public final class Ring {

  /** What tells one host from all others; it stays, and is shown to nobody. */
  private static final Path MACHINE = Path.of("/etc/machine-id");

  private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

  private static final int HOSTS = 100;

  private Ring() {}

  /**
   * Whether a release is for a host already.
   *
   * @param host what tells it from others
   * @param hosts for how many hosts of a hundred it is
   */
  public static boolean holds(String host, Version version, int hosts) {
    return place(host, version.text(), HOSTS) < hosts;
  }

  /**
   * A host's place among a number of them, from 0.
   *
   * @param what what it is about: for each such thing a host has another place
   */
  public static long place(String host, String what, long places) {
    MessageDigest digest = Checksum.digest();
    digest.update((host + "\n" + what).getBytes(StandardCharsets.UTF_8));
    return new BigInteger(1, digest.digest()).mod(BigInteger.valueOf(places)).longValueExact();
  }

  /** This host: by its machine id, or its name where it has none. */
  public static String thisHost() throws IOException {
    String id = Files.isReadable(MACHINE) ? Files.readString(MACHINE).strip() : "";
    return id.isEmpty() ? Files.readString(NAME).strip() : id;
  }
}

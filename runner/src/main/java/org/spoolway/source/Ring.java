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
 * In which order hosts come to a release that is not for all of them yet: each host at a place of
 * its own, the same for ever, and another one for each release, so that no host is always first.
 */
public final class Ring {

  /** What tells one host from all others; it stays, and is shown to nobody. */
  private static final Path MACHINE = Path.of("/etc/machine-id");

  private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

  private static final BigInteger HOSTS = BigInteger.valueOf(100);

  private Ring() {}

  /**
   * Whether a release is for a host already.
   *
   * @param host what tells it from others
   * @param hosts for how many hosts of a hundred it is
   */
  public static boolean holds(String host, Version version, int hosts) {
    return place(host, version) < hosts;
  }

  /** The place of a host among a hundred, from 0. */
  private static int place(String host, Version version) {
    MessageDigest digest = Checksum.digest();
    digest.update((host + "\n" + version.text()).getBytes(StandardCharsets.UTF_8));
    return new BigInteger(1, digest.digest()).mod(HOSTS).intValue();
  }

  /** This host: by its machine id, or its name where it has none. */
  public static String thisHost() throws IOException {
    String id = Files.isReadable(MACHINE) ? Files.readString(MACHINE).strip() : "";
    return id.isEmpty() ? Files.readString(NAME).strip() : id;
  }
}

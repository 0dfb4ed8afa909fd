package org.spoolway.host.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a process that was just started can be probed: when its address accepts a connection or,
 * where that tells nothing, when it has stayed alive for a while.
 */
final class Readiness {

  private static final Duration CONNECT = Duration.ofMillis(250);
  private static final Duration TO_ACCEPT = Duration.ofSeconds(5);
  private static final Duration TO_STAY_ALIVE = Duration.ofSeconds(1);

  private final @Nullable InetSocketAddress address;

  private Readiness(@Nullable InetSocketAddress address) {
    this.address = address;
  }

  /**
   * To be called before the process is started. Where somebody accepts already, such as a proxy or
   * a stranger, a connection says nothing about the process.
   *
   * @param address where it will accept connections, or null when that is not known
   */
  static Readiness of(@Nullable InetSocketAddress address) {
    return new Readiness(address == null || accepts(address) ? null : address);
  }

  /**
   * Waits until it can be probed, or long enough.
   *
   * @param alive whether the process is alive
   * @return the same, looked up after any connection that was accepted
   */
  boolean await(BooleanSupplier alive) {
    Polling.until(
        () -> !alive.getAsBoolean() || (address != null && accepts(address)),
        address == null ? TO_STAY_ALIVE : TO_ACCEPT);
    return alive.getAsBoolean();
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.getHostString(), address.getPort()),
          (int) CONNECT.toMillis());
      // With nobody listening, the kernel can choose the very port as ours and connect it to
      // itself.
      return !socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress());
    } catch (IOException refused) {
      return false;
    }
  }
}

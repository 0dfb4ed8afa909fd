package org.spoolway.host.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback. */
public final class FreePort {

  private FreePort() {}

  /**
   * One that nobody listens on, as the kernel chooses it; whoever is to have it should be quick.
   */
  public static int find() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port of the loopback is free", e);
    }
  }
}

package org.spoolway.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers of tests. They lie below those that the kernel gives to connections, one of
 * which could otherwise have the port by the time that the server comes, or comes again.
 */
public final class FreePort {

  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 100;

  private FreePort() {}

  /** One that nobody on this host listens at. */
  public static int any() {
    return ThreadLocalRandom.current()
        .ints(TRIES, FIRST, END)
        .filter(FreePort::isFree)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no port is free from " + FIRST + " to " + END));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}

package org.spoolway.tests;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An application that does what real ones do at their worst moments. {@code /status/NUMBER} answers
 * with that number, {@code /vanish} closes the connection once it has read the request, {@code
 * /upload} tells how many bytes it got, {@code /socket} speaks WebSocket and sends back what it is
 * sent.
 */
final class Backend implements AutoCloseable {

  private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;
  private final Thread listener;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Backend(ServerSocket server) {
    this.server = server;
    this.listener = run(this::serve);
  }

  /** Starts one. */
  static Backend start(int port) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return new Backend(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread run(Runnable work) {
    Thread thread = new Thread(work, "backend");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** What it was asked for so far, as {@code METHOD PATH}. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        var unused = run(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String[] line = line(in).split(" ", -1);
      Map<String, String> headers = headers(in);
      requests.add(line[0] + " " + line[1]);
      long size = Long.parseLong(headers.getOrDefault("content-length", "0"));
      in.skipNBytes(size);
      if (line[1].equals("/socket")) {
        webSocket(in, socket.getOutputStream(), headers);
      } else if (!line[1].equals("/vanish")) {
        socket.getOutputStream().write(page(line[1], size));
      }
    } catch (IOException gone) {
      requests.add("broken off: " + gone);
    }
  }

  private static byte[] page(String path, long size) {
    String status = path.startsWith("/status/") ? path.substring("/status/".length()) : "200";
    String body = path.equals("/upload") ? size + " bytes" : "the application's " + status;
    return ("HTTP/1.1 %s Told\r\nContent-Type: text/html\r\nX-Application: yes\r\n"
            + "Content-Length: %d\r\nConnection: close\r\n\r\n%s")
        .formatted(status, body.length(), body)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void webSocket(InputStream in, OutputStream out, Map<String, String> headers)
      throws IOException {
    String accept = accept(headers.getOrDefault("sec-websocket-key", "none"));
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: %s\r\n\r\n")
            .formatted(accept)
            .getBytes(StandardCharsets.UTF_8));
    in.skipNBytes(1);
    int length = in.read() & 0x7f;
    byte[] mask = in.readNBytes(4);
    byte[] text = in.readNBytes(length);
    for (int i = 0; i < length; i++) {
      text[i] ^= mask[i % 4];
    }
    out.write(new byte[] {(byte) 0x81, (byte) length});
    out.write(text);
    in.read();
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + WEB_SOCKET).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":\\s*", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("no end of a line");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** Closes its port: the kernel goes on listening until nobody is in the middle of accepting. */
  @Override
  public void close() {
    try {
      server.close();
      listener.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

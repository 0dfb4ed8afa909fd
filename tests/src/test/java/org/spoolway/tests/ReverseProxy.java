package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.spoolway.host.FreePort;

/**
 * A real proxy before an application, as a process of its own on the loopback, with the files in
 * {@code samples/proxy} as they are but for addresses and places. It serves {@code /static/} itself
 * and remembers files for a minute where it can, as many sites do.
 */
public final class ReverseProxy implements AutoCloseable {

  private static final Path SAMPLES = Readme.PROJECT.resolve("samples/proxy");
  private static final long PATIENCE_SECONDS = 20;

  /** Which program. */
  public enum Kind {
    CADDY("caddy", "spoolway-maintenance.caddy"),
    NGINX("nginx", "spoolway-maintenance.conf");

    private final String program;
    private final String snippet;

    Kind(String program, String snippet) {
      this.program = program;
      this.snippet = snippet;
    }

    /** What a site takes in, as it is in the samples. */
    String snippet() {
      return read(SAMPLES.resolve(program).resolve(snippet));
    }

    private Optional<Path> found() {
      return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":", -1))
          .map(directory -> Path.of(directory, program))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  /**
   * What is behind it.
   *
   * @param root the application's directory, in which {@code maintenance} comes and goes
   * @param spool the deployment's queue
   * @param port the application's
   */
  public record Site(Path root, Path spool, int port) {}

  private final Process process;
  private final Path log;
  private final int port;

  private ReverseProxy(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts one, or has the test skipped where it is not installed. */
  public static ReverseProxy start(Kind kind, Path scratch, Site site) {
    Path program = kind.found().orElseGet(() -> skip(kind.program + " is not installed"));
    int port = FreePort.any();
    try {
      Files.createDirectories(scratch.resolve("static"));
      Files.writeString(scratch.resolve("static/app.js"), "let application;\n");
      Path log = scratch.resolve(kind.program + ".log");
      ProcessBuilder builder =
          switch (kind) {
            case CADDY -> caddy(program, scratch, site, port);
            case NGINX -> nginx(program, scratch, site, port);
          };
      builder.environment().putAll(Map.of("HOME", scratch.toString()));
      builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      ReverseProxy proxy = new ReverseProxy(process, log, port);
      Until.isTrue("the proxy listening", proxy::listens);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path skip(String reason) {
    System.out.println("skipped: no proxy: " + reason);
    return Assumptions.abort("no proxy: " + reason);
  }

  private static ProcessBuilder caddy(Path program, Path scratch, Site site, int port)
      throws IOException {
    Files.writeString(scratch.resolve("spoolway-notes.caddy"), rendered(Kind.CADDY, site));
    String assets =
        "\thandle /static/* {\n\t\troot * %s\n\t\tfile_server\n\t}\n\n\treverse_proxy"
            .formatted(scratch);
    String text =
        read(SAMPLES.resolve("caddy/Caddyfile"))
            .replaceFirst("\\{\n", "{\n\tadmin off\n\tauto_https off\n")
            .replace("notes.example.org", "http://127.0.0.1:" + port)
            .replace("127.0.0.1:8080", "127.0.0.1:" + site.port())
            .replace("\treverse_proxy", assets);
    Path file = Files.writeString(scratch.resolve("Caddyfile"), text);
    return new ProcessBuilder(program.toString(), "run", "--config", file.toString())
        .directory(scratch.toFile());
  }

  private static ProcessBuilder nginx(Path program, Path scratch, Site site, int port)
      throws IOException {
    Path snippet =
        Files.writeString(scratch.resolve("spoolway-notes.conf"), rendered(Kind.NGINX, site));
    String server =
        read(SAMPLES.resolve("nginx/site.conf"))
            .replace("/etc/nginx/spoolway-notes.conf", snippet.toString())
            .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
            .replace("    listen [::]:80;\n", "")
            .replace("127.0.0.1:8080", "127.0.0.1:" + site.port())
            .replaceFirst(
                "(?=    location / )", "    location /static/ { root " + scratch + "; }\n");
    String text = frame(scratch).replace("@SERVER@", server);
    Path file = Files.writeString(scratch.resolve("nginx.conf"), text);
    return new ProcessBuilder(program.toString(), "-c", file.toString(), "-e", "stderr")
        .directory(scratch.toFile());
  }

  private static String frame(Path scratch) {
    return """
        daemon off;
        worker_processes 1;
        user @USER@;
        pid @SCRATCH@/nginx.pid;
        error_log stderr;
        events { }
        http {
            access_log off;
            client_body_temp_path @SCRATCH@/body;
            proxy_temp_path @SCRATCH@/proxy;
            fastcgi_temp_path @SCRATCH@/fastcgi;
            uwsgi_temp_path @SCRATCH@/uwsgi;
            scgi_temp_path @SCRATCH@/scgi;
            open_file_cache max=100 inactive=60s;
            open_file_cache_valid 60s;
            open_file_cache_errors on;
            @SERVER@
        }
        """
        .replace("@SCRATCH@", scratch.toString())
        .replace("@USER@", System.getProperty("user.name"));
  }

  private static String rendered(Kind kind, Site site) {
    return kind.snippet()
        .replace("@NAME@", "notes")
        .replace("@ROOT@", site.root().toString())
        .replace("@SPOOL@", site.spool().toString())
        .replace("/usr/share/spoolway/maintenance", SAMPLES.resolve("maintenance").toString());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("the proxy has ended:\n" + read(log));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where a path of the site is found. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Ends it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("the proxy has not ended:\n" + read(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

package org.spoolway.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A client with its directories, and servers that end with the test. */
abstract class WebFixture {

  static final long MOST_BYTES = 50_000_000;
  static final Duration LONG = Duration.ofSeconds(60);
  static final Errand ERRAND = new Errand("fetch it", Progress.NONE, new Interruption());

  private final List<ScriptedServer> servers = new ArrayList<>();

  @TempDir Path scratch;

  @AfterEach
  void closeServers() throws IOException {
    for (ScriptedServer server : servers) {
      server.close();
    }
  }

  ScriptedServer serve(ScriptedServer.Script script) throws IOException {
    return keep(ScriptedServer.of(script));
  }

  ScriptedServer keep(ScriptedServer server) {
    servers.add(server);
    return server;
  }

  /** The server of a script that needs it itself. */
  ScriptedServer server() {
    return servers.get(0);
  }

  Path cache() {
    return scratch.resolve("cache");
  }

  Path into() {
    return scratch.resolve("archive");
  }

  Path part() {
    return scratch.resolve("archive.part");
  }

  Path note() {
    return scratch.resolve("archive.part.json");
  }

  WebSettings settings() {
    return new WebSettings(cache(), MOST_BYTES, LONG, LONG, null);
  }

  WebClient client() {
    return new WebClient(settings(), Clock.systemUTC());
  }

  boolean download(URI address) throws ProblemException {
    return client().download(address, into(), ERRAND);
  }

  byte[] list(URI address) throws ProblemException {
    return client().list(address, ERRAND).orElseThrow();
  }

  byte[] document(URI address) throws ProblemException {
    return client().document(address, ERRAND).orElseThrow();
  }

  static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Something that fails. */
  interface Call {
    void run() throws ProblemException;
  }

  static ProblemException assertFails(Problem problem, String observed, Call call) {
    ProblemException e = assertThrows(ProblemException.class, call::run);
    assertEquals("cannot fetch it: " + observed, e.getMessage());
    assertEquals(problem, e.problem());
    return e;
  }
}

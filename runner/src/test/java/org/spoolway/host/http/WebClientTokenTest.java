package org.spoolway.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.Problem;

/** A token, which one server is told and nobody else. */
class WebClientTokenTest extends WebFixture {

  private Path file;

  @BeforeEach
  void makeToken() throws IOException {
    file = scratch.resolve("token");
    token("secret-1\n", "rw-------");
  }

  @Test
  void itsServerIsToldInEveryKindOfQuestion() throws Exception {
    ScriptedServer server = serve(new ServedFile(noise(10)));
    WebClient client = knownTo(server.url("/"));

    client.list(server.url("/list"), ERRAND);
    client.document(server.url("/signature"), ERRAND);
    client.download(server.url("/archive"), into(), ERRAND);

    assertEquals(
        List.of(
            Optional.of("Bearer secret-1"),
            Optional.of("Bearer secret-1"),
            Optional.of("Bearer secret-1")),
        server.questions().stream().map(question -> question.header("Authorization")).toList());
    assertEquals(
        List.of(
            Optional.of("application/json, */*;q=0.5"),
            Optional.of("application/octet-stream"),
            Optional.of("application/octet-stream")),
        server.questions().stream().map(question -> question.header("Accept")).toList());
  }

  @Test
  void anExchangedTokenCountsAtOnce() throws Exception {
    ScriptedServer server = serve(new ServedFile(noise(10)));
    WebClient client = knownTo(server.url("/"));
    client.document(server.url("/"), ERRAND);

    token("secret-2", "rw-r-----");
    client.document(server.url("/"), ERRAND);

    assertEquals(Optional.of("Bearer secret-2"), server.lastQuestion().header("Authorization"));
  }

  @Test
  void anotherServerIsNotToldWhetherAskedOrRedirectedTo() throws Exception {
    ScriptedServer other = keep(ScriptedServer.of(new ServedFile(noise(10))));
    String elsewhere = other.url("/moved").toString();
    ScriptedServer server =
        keep(ScriptedServer.of((question, output) -> redirect(output, elsewhere)));
    WebClient client = knownTo(server.url("/"));

    client.document(server.url("/"), ERRAND);
    client.document(other.url("/asked"), ERRAND);

    assertEquals(Optional.of("Bearer secret-1"), server.lastQuestion().header("Authorization"));
    assertEquals(
        List.of(Optional.empty(), Optional.empty()),
        other.questions().stream().map(question -> question.header("Authorization")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw----rw-"})
  void aTokenThatOthersReachIsNotUsed(String mode) throws Exception {
    token("secret-1", mode);
    ScriptedServer server = serve(new ServedFile(noise(10)));

    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "others may read or change " + file + ", which holds a token; chmod 0600 mends it",
        () -> knownTo(server.url("/")).document(server.url("/"), ERRAND));
    assertTrue(server.questions().isEmpty(), "nothing is asked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\r\nX-Other: header", "sécret"})
  void whatIsNoTokenIsNotUsed(String text) throws Exception {
    token(text, "rw-------");
    ScriptedServer server = serve(new ServedFile(noise(10)));

    assertFails(
        Problem.SOURCE_UNREACHABLE,
        file + " does not hold a token",
        () -> knownTo(server.url("/")).document(server.url("/"), ERRAND));
  }

  @Test
  void aTokenThatIsNotThereIsToldOf() throws Exception {
    Files.delete(file);
    ScriptedServer server = serve(new ServedFile(noise(10)));

    assertFails(
        Problem.SOURCE_UNREACHABLE,
        file + ", which should hold a token, is no file",
        () -> knownTo(server.url("/")).document(server.url("/"), ERRAND));
  }

  private void token(String text, String mode) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private WebClient knownTo(URI server) {
    WebSettings.Token token = new WebSettings.Token(server, file);
    return new WebClient(
        new WebSettings(cache(), MOST_BYTES, LONG, LONG, null, token), Clock.systemUTC());
  }

  private static void redirect(OutputStream output, String location) throws IOException {
    String head = "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    output.write(head.getBytes(StandardCharsets.US_ASCII));
  }
}

package org.spoolway.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.host.http.ScriptedServer.write;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class WebClientDownloadTest extends WebFixture {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20_000_000})
  void aFileComesWhole(int length) throws Exception {
    byte[] bytes = noise(length);
    ScriptedServer server = serve(new ServedFile(bytes));
    Files.writeString(into(), "what was there before");

    assertTrue(download(server.url("/a/app-1.0.0.tar.gz?x=1")));

    assertArrayEquals(bytes, Files.readAllBytes(into()));
    assertFalse(Files.exists(part()));
    assertFalse(Files.exists(note()));
    assertEquals("GET /a/app-1.0.0.tar.gz?x=1 HTTP/1.1", server.lastQuestion().line());
    assertEquals(Optional.of("identity"), server.lastQuestion().header("Accept-Encoding"));
    assertEquals(Optional.empty(), server.lastQuestion().header("Range"));
    assertEquals(Optional.of("spoolway"), server.lastQuestion().header("User-Agent"));
  }

  @Test
  void aFileOfUnknownLengthComesWhole() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              output.write("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n".getBytes(UTF_8));
            });
    assertTrue(download(server.url("/")));
    assertEquals("hello world", Files.readString(into()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 Not Found", "410 Gone"})
  void nothingIsThere(String status) throws Exception {
    ScriptedServer server = serve((question, output) -> write(output, "HTTP/1.1 " + status));
    assertFalse(download(server.url("/")));
    assertEquals(List.of(), names());
  }

  @Test
  void progressIsToldUpToTheEnd() throws Exception {
    byte[] bytes = noise(3_100_000);
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "Content-Length: 3100000");
              output.write(bytes, 0, 1_550_000);
              output.flush();
              server().hold(700);
              output.write(bytes, 1_550_000, 1_550_000);
            });
    List<String> told = new CopyOnWriteArrayList<>();
    Errand errand =
        new Errand(
            "fetch it",
            (fraction, detail) -> told.add(fraction + " " + detail),
            new Interruption());

    assertTrue(client().download(server.url("/"), into(), errand));

    assertTrue(told.contains("0.5 1.6 MB of 3.1 MB"), told::toString);
    assertEquals("1.0 3.1 MB of 3.1 MB", told.get(told.size() - 1));
    assertTrue(told.size() < 10, told::toString);
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "Content-Length: 50000001");
              server().hold();
            });
    ProblemException e =
        assertFails(
            Problem.SOURCE_UNUSABLE,
            "it has 50.0 MB, and `source.maxSize` allows 50.0 MB",
            () -> download(server.url("/")));
    assertTrue(e.fix().startsWith("Raise `source.maxSize`"), e.fix());
    server.awaitHangUp();
    assertEquals(List.of(), names());
  }

  @Test
  void aFileThatGrowsTooLargeIsGivenUp() throws Exception {
    byte[] chunk = noise(1 << 20);
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "ETag: \"one\"", "Transfer-Encoding: chunked");
              while (true) {
                output.write("100000\r\n".getBytes(UTF_8));
                output.write(chunk);
                output.write("\r\n".getBytes(UTF_8));
              }
            });
    assertFails(
        Problem.SOURCE_UNUSABLE,
        "it has more than 50.0 MB, and `source.maxSize` allows 50.0 MB",
        () -> download(server.url("/")));
    server.awaitHangUp();
    assertEquals(List.of(), names());
  }

  /** A bomb of a few kilobytes never unfolds: it is not even read. */
  @ParameterizedTest
  @CsvSource({"gzip, gzip", "'gzip, br', 'gzip, br'", "ev\u202eil, ev\u00e2\\u0080\u00aeil"})
  void anEncodedAnswerIsRefused(String encoding, String named) throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "Content-Encoding: " + encoding);
              server().hold();
            });
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it answered in the encoding " + named + ", which was not asked for",
        () -> download(server.url("/")));
    server.awaitHangUp();
    assertEquals(List.of(), names());
  }

  @Test
  void aLengthThatIsTooShortEndsTheFileThere() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "Content-Length: 5");
              output.write("hello world".getBytes(UTF_8));
            });
    assertTrue(download(server.url("/")));
    assertEquals("hello", Files.readString(into()), "whoever knows the checksum finds out");
  }

  @Test
  void silenceInTheMiddleIsGivenUp() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "ETag: \"one\"", "Content-Length: 1000");
              output.write(noise(500));
              output.flush();
              server().hold();
            });
    Duration second = Duration.ofSeconds(1);
    WebSettings impatient = new WebSettings(cache(), MOST_BYTES, LONG, second, null);
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "nothing came for 1 s",
        () ->
            new WebClient(impatient, Clock.systemUTC()).download(server.url("/"), into(), ERRAND));
    server.awaitHangUp();
    assertEquals(1, server.questions().size());
    assertEquals(500, Files.size(part()), "kept for the next try");
  }

  @Test
  void noAnswerIsGivenUp() throws Exception {
    ScriptedServer server = serve((question, output) -> server().hold());
    Duration second = Duration.ofSeconds(1);
    WebSettings impatient = new WebSettings(cache(), MOST_BYTES, LONG, second, null);
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "no answer within 1 s",
        () ->
            new WebClient(impatient, Clock.systemUTC()).download(server.url("/"), into(), ERRAND));
    server.awaitHangUp();
    assertEquals(List.of(), names());
  }

  @Test
  void aSlowDripIsGivenUp() throws Exception {
    ScriptedServer server = serve(this::drip);
    WebClient client = new WebClient(settings(), Clock.systemUTC(), null, Duration.ofSeconds(1));
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it sends fewer than 1 KiB/s",
        () -> client.download(server.url("/"), into(), ERRAND));
    server.awaitHangUp();
  }

  @Test
  void allOfItHasALimit() throws Exception {
    ScriptedServer server = serve(this::drip);
    WebSettings hasty = new WebSettings(cache(), MOST_BYTES, Duration.ofSeconds(1), LONG, null);
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it did not come whole within 1 s",
        () -> new WebClient(hasty, Clock.systemUTC()).download(server.url("/"), into(), ERRAND));
    server.awaitHangUp();
  }

  /** Many small files that each take an hour would keep a runner busy for a day. */
  @Test
  void aDocumentHasNoLongerThanASilenceMayLast() throws Exception {
    ScriptedServer server = serve(this::drip);
    WebSettings hasty = new WebSettings(cache(), MOST_BYTES, LONG, Duration.ofSeconds(1), null);
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it did not come whole within 1 s",
        () -> new WebClient(hasty, Clock.systemUTC()).document(server.url("/"), ERRAND));
    server.awaitHangUp();
  }

  private void drip(ScriptedServer.Question question, OutputStream output) throws IOException {
    write(output, "HTTP/1.1 200 OK", "ETag: \"one\"", "Content-Length: 1000000");
    while (!server().hold(20)) {
      output.write(new byte[5]);
      output.flush();
    }
  }

  @Test
  void nobodyThereIsToldOf() {
    URI nowhere = URI.create("http://127.0.0.1:" + FreePort.find() + "/");
    assertFails(Problem.SOURCE_UNREACHABLE, "connection refused", () -> download(nowhere));
  }

  @Test
  void aDirectoryThatIsMissingIsToldOf() throws Exception {
    ScriptedServer server = serve(new ServedFile(noise(10)));
    assertFails(
        Problem.STORAGE_FAILED,
        scratch.resolve("no/archive.part") + " does not exist",
        () -> client().download(server.url("/"), scratch.resolve("no/archive"), ERRAND));
    assertEquals(List.of(), server.questions());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(scratch)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

package org.spoolway.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.host.http.ScriptedServer.write;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.http.ScriptedServer.Question;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class WebClientRedirectTest extends WebFixture {

  private static void redirect(OutputStream output, String location) throws IOException {
    write(output, "HTTP/1.1 302 Found", "Location: " + location, "Content-Length: 0");
  }

  private static void hello(OutputStream output) throws IOException {
    write(output, "HTTP/1.1 200 OK", "Connection: close", "Content-Length: 5");
    output.write("hello".getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> paths(ScriptedServer server) {
    return server.questions().stream().map(Question::path).toList();
  }

  private static URI withPassword(URI address) {
    return URI.create(address.toString().replace("://", "://me:secr%3At@"));
  }

  private ScriptedServer redirecting(String location) throws IOException {
    return serve((question, output) -> redirect(output, location));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreFollowed(int status) throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              switch (question.path()) {
                case "/a/b" -> write(output, "HTTP/1.1 " + status + " x", "Location: ../c?d#e");
                case "/c?d" -> write(output, "HTTP/1.1 " + status + " x", "Location: f");
                default -> hello(output);
              }
            });
    assertTrue(download(server.url("/a/b")));
    assertEquals("hello", Files.readString(into()));
    assertEquals(List.of("/a/b", "/c?d", "/f"), paths(server));
  }

  @Test
  void fiveRedirectsAreFollowedAndNoMore() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              int n = Integer.parseInt(question.path().substring(1));
              if (n == 0) {
                hello(output);
              } else {
                redirect(output, "/" + (n - 1));
              }
            });
    assertEquals("hello", new String(document(server.url("/5")), StandardCharsets.UTF_8));
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it redirects more than 5 times",
        () -> document(server.url("/6")));
  }

  @Test
  void redirectsInACircleAreFoundOut() throws Exception {
    ScriptedServer server =
        serve((question, output) -> redirect(output, question.path().equals("/a") ? "/b" : "/a"));
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "its redirects lead back to " + server.url("/a"),
        () -> document(server.url("/a")));
    assertEquals(List.of("/a", "/b"), paths(server));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/x, http://example.org/x is not asked",
    "http://127.0.0.1.example.org/x, http://127.0.0.1.example.org/x is not asked",
    "http://me:secret@example.org/x, http://example.org/x is not asked",
    "ftp://127.0.0.1/x, ftp://127.0.0.1/x is not asked",
    "file:///etc/passwd, file:///etc/passwd is not asked",
    "mailto:me, mailto:me is not asked",
    "//, 'it redirects to //, no address'",
    "http://[, 'it redirects to http://[, no address'"
  })
  void redirectsElsewhereAreRefused(String location, String observed) throws Exception {
    String whole =
        observed.endsWith("asked") ? observed + ": only https is, and http on this host" : observed;
    ScriptedServer server = redirecting(location);
    assertFails(Problem.SOURCE_UNREACHABLE, whole, () -> document(server.url("/")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org/x", "ftp://example.org/x", "http://[::2]/x"})
  void addressesThatAreNotSafeAreNotAsked(String address) {
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        address + " is not asked: only https is, and http on this host",
        () -> download(URI.create(address.replace("://", "://me:secret@"))));
  }

  @Test
  void aPasswordIsToldToItsOwnServerOnly() throws Exception {
    ScriptedServer other = keep(ScriptedServer.of((question, output) -> hello(output)));
    ScriptedServer own =
        keep(
            ScriptedServer.of(
                (question, output) -> {
                  boolean isFirst = question.path().equals("/first");
                  redirect(output, isFirst ? "/second" : other.url("/third").toString());
                }));
    assertTrue(download(withPassword(own.url("/first"))));
    Optional<String> basic =
        Optional.of("Basic " + Base64.getEncoder().encodeToString("me:secr:t".getBytes(UTF_8)));
    assertEquals(
        List.of(basic, basic),
        own.questions().stream().map(q -> q.header("Authorization")).toList());
    assertEquals(Optional.empty(), other.lastQuestion().header("Authorization"));
    assertEquals("127.0.0.1:" + other.port(), other.lastQuestion().header("Host").orElseThrow());
  }

  @Test
  void aPasswordInARedirectIsToldToNobody() throws Exception {
    ScriptedServer other = keep(ScriptedServer.of((question, output) -> hello(output)));
    String trap = withPassword(other.url("/")).toString();
    ScriptedServer server = keep(ScriptedServer.of((question, output) -> redirect(output, trap)));
    assertTrue(download(server.url("/")));
    assertEquals(Optional.empty(), other.lastQuestion().header("Authorization"));
  }

  @Test
  void aPasswordIsNeverShownAndNotKept() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "ETag: \"one\"", "Content-Length: 5");
              output.write("hel".getBytes(StandardCharsets.UTF_8));
            });
    ProblemException e =
        assertFails(
            Problem.SOURCE_UNREACHABLE,
            "the connection ended after 3 of 5 bytes",
            () -> download(withPassword(server.url("/"))));
    assertTrue(!e.toString().contains("secr"), e::toString);
    assertTrue(!Files.readString(note()).contains("secr"), "in the note");
  }

  @ParameterizedTest
  @CsvSource({
    "'503 Service Unavailable', it answered 503",
    "'500 \u001b[31mred', it answered 500",
    "401 No, it answered 401",
    "403 No, it answered 403",
    "'429 No|Retry-After: 120', it answered 429 and wants to be left alone for 120 s",
    "'429 No|Date: Sun, 22 Nov 2026 10:00:00 GMT|Retry-After: 120', it answered 429 and wants to be left alone until 2026-11-22T10:02:00Z",
    "'403 No|Retry-After: Sun, 22 Nov 2026 10:00:00 GMT', it answered 403 and wants to be left alone until 2026-11-22T10:00:00Z",
    "'403 No|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795341600', it answered 403 and wants to be left alone until 2026-11-22T10:00:00Z",
    "'403 No|X-RateLimit-Remaining: 1|X-RateLimit-Reset: 1795341600', it answered 403",
    "'429 No|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 30', it answered 429 and wants to be left alone for 30 s",
    "'429 No|Retry-After: 999999999999999999', it answered 429 and wants to be left alone until 9999-12-31T23:59:59Z",
    "'503 No|Retry-After: later', it answered 503 and wants to be left alone for a while",
    "204 No, it answered 204",
    "206 No, it answered 206",
    "304 No, it answered 304",
    "302 No, it answered 302"
  })
  void otherAnswersAreSaid(String answer, String observed) throws Exception {
    ScriptedServer server =
        serve((question, output) -> write(output, ("HTTP/1.1 " + answer).split("\\|", -1)));
    assertFails(Problem.SOURCE_UNREACHABLE, observed, () -> download(server.url("/")));
    assertFails(Problem.SOURCE_UNREACHABLE, observed, () -> document(server.url("/")));
    assertEquals(2, server.questions().size(), "nothing is tried again");
  }

  @Test
  void anotherServerThatRefusesIsNamed() throws Exception {
    ScriptedServer other =
        keep(ScriptedServer.of((question, output) -> write(output, "HTTP/1.1 503 No")));
    ScriptedServer server =
        keep(
            ScriptedServer.of(
                (question, output) -> redirect(output, "http://localhost:" + other.port() + "/x")));
    assertFails(
        Problem.SOURCE_UNREACHABLE, "localhost answered 503", () -> document(server.url("/")));
  }
}

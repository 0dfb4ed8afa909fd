package org.spoolway.host.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.host.http.ScriptedServer.write;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.host.http.ScriptedServer.Question;
import org.spoolway.problem.Problem;

class WebClientResumeTest extends WebFixture {

  private static final int LENGTH = 1_000_000;
  private static final byte[] BYTES = noise(LENGTH);

  private final ServedFile file = new ServedFile(BYTES);

  /** What was asked for, as {@code RANGE IF-RANGE}, of each question. */
  private static List<String> ranges(ScriptedServer server) {
    return server.questions().stream()
        .map(
            q ->
                q.header("Range").orElse("all") + q.header("If-Range").map(v -> " " + v).orElse(""))
        .toList();
  }

  /** As an earlier process has left it. */
  private void leave(int length, String validator, URI address, Integer total) throws Exception {
    Files.write(part(), Arrays.copyOf(BYTES, length));
    String form = "{\"address\": \"%s\", \"validator\": \"%s\", \"total\": %s}";
    Files.writeString(note(), form.formatted(address, validator.replace("\"", "\\\""), total));
  }

  private void assertWhole() throws Exception {
    assertArrayEquals(BYTES, Files.readAllBytes(into()));
    assertFalse(Files.exists(part()));
    assertFalse(Files.exists(note()));
  }

  @Test
  void aConnectionThatEndsIsGoneOnWith() throws Exception {
    ScriptedServer server = serve(file.cut(3, 200_000));
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(
        List.of("all", "bytes=200000- \"one\"", "bytes=400000- \"one\"", "bytes=600000- \"one\""),
        ranges(server));
  }

  @Test
  void itIsGoneOnWithThreeTimesOnly() throws Exception {
    ScriptedServer server = serve(file.cut(100, 200_000));
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "the connection ended after 800000 of 1000000 bytes",
        () -> download(server.url("/")));
    assertEquals(4, server.questions().size());
    assertEquals(800_000, Files.size(part()), "kept for the next try");

    file.cut(0, 0);
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals("bytes=800000- \"one\"", ranges(server).get(4));
  }

  @Test
  void itIsNotTriedAgainWhenNothingCame() throws Exception {
    ScriptedServer server = serve(file.cut(100, 0));
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "the connection ended after 0 of 1000000 bytes",
        () -> download(server.url("/")));
    assertEquals(1, server.questions().size());
    assertFalse(Files.exists(part()), "nothing stays of nothing");
  }

  @Test
  void aDateWillDoToRecogniseIt() throws Exception {
    String date = "Sun, 22 Nov 2026 09:00:00 GMT";
    ScriptedServer server = serve(file.recognisedBy("Last-Modified", date).cut(1, 200_000));
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("all", "bytes=200000- " + date), ranges(server));
  }

  @ParameterizedTest
  @CsvSource({
    "ETag, W/\"one\"",
    "ETag, one",
    "Last-Modified, 'Sun, 22 Nov 2026 10:00:00 GMT'",
    "Last-Modified, yesterday",
    "X-Nothing, x"
  })
  void withoutAStrongValidatorItBeginsAnew(String header, String value) throws Exception {
    ScriptedServer server = serve(file.recognisedBy(header, value).cut(1, 200_000));
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("all", "all"), ranges(server));
  }

  @Test
  void aFileThatHasChangedBeginsAnew() throws Exception {
    ScriptedServer server = serve(file);
    leave(300_000, "\"zero\"", server.url("/"), 999_999);
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("bytes=300000- \"zero\""), ranges(server));
  }

  /** The caller knows the checksum, and finds out. */
  @Test
  void aServerThatTakesAnotherFileForTheSameIsBelieved() throws Exception {
    byte[] other = noise(LENGTH + 1);
    ScriptedServer server = serve(new ServedFile(Arrays.copyOf(other, LENGTH)));
    leave(300_000, "\"one\"", server.url("/"), LENGTH);
    assertTrue(download(server.url("/")));
    byte[] mixed = Arrays.copyOf(other, LENGTH);
    System.arraycopy(BYTES, 0, mixed, 0, 300_000);
    assertArrayEquals(mixed, Files.readAllBytes(into()));
  }

  @Test
  void whatIsWholeAlreadyIsAskedForByItsLastByte() throws Exception {
    ScriptedServer server = serve(file);
    leave(LENGTH, "\"one\"", server.url("/"), LENGTH);
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("bytes=999999- \"one\""), ranges(server));
  }

  @Test
  void aRangeThatIsNotThereBeginsAnew() throws Exception {
    ScriptedServer server = serve(file);
    Files.write(part(), noise(LENGTH + 5));
    leave(LENGTH, "\"one\"", server.url("/"), null);
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("bytes=1000000- \"one\"", "all"), ranges(server));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Range: bytes 0-999999/1000000",
        "Content-Range: bytes 300001-999999/1000000",
        "Content-Range: bytes 300000-999999/1000001",
        "Content-Range: bytes 300000-299999/1000000",
        "Content-Range: bytes 300000-1000000/1000000",
        "Content-Range: bytes three",
        "Content-Type: multipart/byteranges; boundary=x",
        "Content-Range: bytes 300000-999999/1000000\r\nETag: \"two\""
      })
  void otherBytesThanWereAskedForBeginAnew(String header) throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              if (question.header("Range").isPresent()) {
                write(output, "HTTP/1.1 206 Partial Content", header, "Content-Length: 700000");
                output.write(noise(700_000));
              } else {
                file.answer(question, output);
              }
            });
    leave(300_000, "\"one\"", server.url("/"), LENGTH);
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("bytes=300000- \"one\"", "all"), ranges(server));
  }

  @Test
  void whoAlwaysHasOtherBytesIsRefused() throws Exception {
    file.cut(100, 200_000);
    ScriptedServer server =
        serve(
            (question, output) -> {
              if (question.header("Range").isPresent()) {
                write(output, "HTTP/1.1 416 Range Not Satisfiable");
              } else {
                file.answer(question, output);
              }
            });
    leave(300_000, "\"one\"", server.url("/"), LENGTH);
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it does not answer with the bytes from 200000 on",
        () -> download(server.url("/")));
    assertEquals(List.of("bytes=300000- \"one\"", "all", "bytes=200000- \"one\""), ranges(server));
  }

  @Test
  void moreThanWasPromisedIsRefused() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(
                  output,
                  "HTTP/1.1 206 Partial Content",
                  "Content-Range: bytes 300000-999999/1000000",
                  "Content-Length: 700001");
              output.write(noise(700_001));
            });
    leave(300_000, "\"one\"", server.url("/"), LENGTH);
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it sent more than the 1000000 bytes that it promised",
        () -> download(server.url("/")));
    assertFalse(Files.exists(part()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"address\": null, \"validator\": \"x\", \"total\": 1}",
        "{\"address\": \"http://127.0.0.1/other\", \"validator\": \"x\", \"total\": 1000000}",
        "{\"address\": \"ADDRESS\", \"validator\": \"a\\r\\nHost: b\", \"total\": 1000000}",
        "{\"address\": \"ADDRESS\", \"validator\": \"\\\"one\\\"\", \"total\": 5}",
        "{\"address\": \"ADDRESS\", \"validator\": \"\\\"one\\\"\", \"total\": -5}"
      })
  void aNoteThatIsOfNoUseBeginsAnew(String note) throws Exception {
    ScriptedServer server = serve(file);
    Files.write(part(), noise(300_000));
    Files.writeString(note(), note.replace("ADDRESS", server.url("/").toString()));
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("all"), ranges(server));
  }

  @Test
  void whatWasInterruptedIsGoneOnWith() throws Exception {
    ScriptedServer server = serve(this::holdInTheMiddle);
    Interruption interruption = new Interruption();
    Errand errand =
        new Errand(
            "fetch it",
            (fraction, detail) -> {
              if (fraction != null && fraction >= 0.5) {
                interruption.request(Interruption.Cause.CANCEL);
              }
            },
            interruption);
    assertFails(
        Problem.INTERRUPTED,
        "it was cancelled",
        () -> client().download(server.url("/"), into(), errand));
    server.awaitHangUp();

    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("all", "bytes=500000- \"one\""), ranges(server));
  }

  private void holdInTheMiddle(Question question, OutputStream output) throws IOException {
    if (question.header("Range").isEmpty()) {
      write(output, "HTTP/1.1 200 OK", "ETag: \"one\"", "Content-Length: " + LENGTH);
      output.write(BYTES, 0, LENGTH / 2);
      output.flush();
      server().hold();
    } else {
      file.answer(question, output);
    }
  }

  @Test
  void anEndThatIsAskedForWhileNobodyAnswersIsNotWaitedFor() throws Exception {
    Interruption interruption = new Interruption();
    ScriptedServer server =
        serve(
            (question, output) -> {
              interruption.request(Interruption.Cause.SHUTDOWN);
              server().hold();
            });
    Errand errand = new Errand("fetch it", (fraction, detail) -> {}, interruption);
    assertFails(
        Problem.INTERRUPTED,
        "the runner is ending",
        () -> client().download(server.url("/"), into(), errand));
    server.awaitHangUp();
    assertFails(
        Problem.INTERRUPTED,
        "the runner is ending",
        () -> client().document(server.url("/"), errand));
    assertEquals(Optional.empty(), server.lastQuestion().header("Range"));
  }

  @Test
  void whatAKilledProcessHasLeftIsGoneOnWith() throws Exception {
    ScriptedServer server = serve(this::holdInTheMiddle);
    Process process = OtherProcess.start("download", server.url("/").toString(), into().toString());
    try {
      await().until(() -> Files.exists(part()) && Files.size(part()) == LENGTH / 2);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(download(server.url("/")));
    assertWhole();
    assertEquals(List.of("all", "bytes=500000- \"one\""), ranges(server));
  }
}

package org.spoolway.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.spoolway.host.http.ScriptedServer.write;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.SmallDisk;
import org.spoolway.problem.Problem;

class WebClientDocumentTest extends WebFixture {

  private static final byte[] ONE = "one".getBytes(UTF_8);
  private static final byte[] TWO = "two".getBytes(UTF_8);

  private final ServedFile file = new ServedFile(ONE);

  private List<Path> kept() throws IOException {
    if (!Files.isDirectory(cache())) {
      return List.of();
    }
    try (var files = Files.list(cache())) {
      return files.toList();
    }
  }

  private static List<String> conditions(ScriptedServer server, String header) {
    return server.questions().stream().map(q -> q.header(header).orElse("none")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "ETag, \"one\", If-None-Match",
    "ETag, W/\"one\", If-None-Match",
    "Last-Modified, 'Sun, 22 Nov 2026 09:00:00 GMT', If-Modified-Since"
  })
  void whatHasNotChangedIsNotTransferredAgain(String header, String value, String condition)
      throws Exception {
    ScriptedServer server = serve(file.recognisedBy(header, value));
    assertArrayEquals(ONE, list(server.url("/a")));
    assertArrayEquals(ONE, list(server.url("/a")), "by another client");
    assertEquals(List.of("none", value), conditions(server, condition));
    assertEquals(1, kept().size());
  }

  @Test
  void whatHasChangedIsTransferred() throws Exception {
    ScriptedServer server = serve(file);
    list(server.url("/a"));
    file.become(TWO, "\"two\"");
    assertArrayEquals(TWO, list(server.url("/a")));
    assertArrayEquals(TWO, list(server.url("/a")));
    assertEquals(List.of("none", "\"one\"", "\"two\""), conditions(server, "If-None-Match"));
  }

  @ParameterizedTest
  @CsvSource({"X-Nothing, x", "Last-Modified, 'Sun, 22 Nov 2026 10:00:00 GMT'"})
  void whatMayChangeUnnoticedIsNotKept(String header, String value) throws Exception {
    ScriptedServer server = serve(file.recognisedBy(header, value));
    list(server.url("/a"));
    assertEquals(List.of(), kept());
  }

  @Test
  void eachAddressHasItsOwn() throws Exception {
    ScriptedServer server = serve(file);
    list(server.url("/a"));
    list(server.url("/a?b"));
    assertEquals(List.of("none", "none"), conditions(server, "If-None-Match"));
    assertEquals(2, kept().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 Not Found", "410 Gone"})
  void nothingIsThere(String status) throws Exception {
    ScriptedServer server = serve((question, output) -> write(output, "HTTP/1.1 " + status));
    assertEquals(Optional.empty(), client().list(server.url("/"), ERRAND));
  }

  @Test
  void aDocumentMayHaveOneMebibyte() throws Exception {
    byte[] most = noise(1 << 20);
    ScriptedServer server = serve(file.become(most, "\"most\""));
    assertArrayEquals(most, document(server.url("/")));
    assertArrayEquals(most, document(server.url("/")));
    assertEquals(List.of("none", "none"), conditions(server, "If-None-Match"));

    file.become(noise((1 << 20) + 1), "\"more\"");
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "its answer has more than 1 MiB",
        () -> document(server.url("/")));
  }

  @Test
  void anEncodedDocumentIsRefused() throws Exception {
    ScriptedServer server =
        serve((question, output) -> write(output, "HTTP/1.1 200 OK", "Content-Encoding: gzip"));
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it answered in the encoding gzip, which was not asked for",
        () -> list(server.url("/")));
  }

  @Test
  void aDocumentThatIsCutShortIsRefused() throws Exception {
    ScriptedServer server = serve(file.cut(1, 2));
    String observed = "no whole answer: fixed content-length: 3, bytes received: 2";
    assertFails(Problem.SOURCE_UNREACHABLE, observed, () -> list(server.url("/")));
    assertEquals(List.of(), kept());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"address\": ",
        "{\"address\": \"ADDRESS\", \"etag\": \"\\\"one\\\"\", \"sha256\": \"x\", \"body\": \"dHdv\"}",
        "{\"address\": \"ADDRESS\", \"etag\": \"\\\"one\\\"\", \"sha256\": \"x\", \"body\": \"?\"}",
        "{\"address\": \"ADDRESS\", \"etag\": \"a\\r\\nHost: b\", \"sha256\": \"SUM\", \"body\": \"b25l\"}",
        "{\"address\": \"http://127.0.0.1/\", \"etag\": \"\\\"one\\\"\", \"sha256\": \"SUM\", \"body\": \"b25l\"}"
      })
  void whatIsDamagedIsTransferredAnew(String text) throws Exception {
    ScriptedServer server = serve(file);
    list(server.url("/"));
    String sum = Files.readString(kept().get(0)).split("\"sha256\" : \"", -1)[1].substring(0, 64);
    String damaged = text.replace("ADDRESS", server.url("/").toString()).replace("SUM", sum);
    Files.writeString(kept().get(0), damaged);
    assertArrayEquals(ONE, list(server.url("/")));
    assertArrayEquals(ONE, list(server.url("/")));
    assertEquals(List.of("none", "none", "\"one\""), conditions(server, "If-None-Match"));
  }

  @Test
  void aDirectoryThatIsNoneFailsNoRequest() throws Exception {
    Files.writeString(cache(), "a file");
    ScriptedServer server = serve(file);
    assertArrayEquals(ONE, list(server.url("/")));
    assertArrayEquals(ONE, list(server.url("/")));
  }

  @Test
  void aDirectoryInTheFilesPlaceFailsNoRequest() throws Exception {
    ScriptedServer server = serve(file);
    list(server.url("/"));
    Path place = kept().get(0);
    Files.delete(place);
    Files.createDirectories(place.resolve("full"));
    assertArrayEquals(ONE, list(server.url("/")));
  }

  @Test
  void aFullDiskFailsNoRequest() throws Exception {
    Files.createDirectory(cache());
    assumeTrue(SmallDisk.mount(cache(), "size=64k"), "only root can have a file system of its own");
    try {
      byte[] large = noise(100_000);
      ScriptedServer server = serve(file.become(large, "\"large\""));
      assertArrayEquals(large, list(server.url("/")));
      assertEquals(List.of(), kept());
    } finally {
      SmallDisk.unmount(cache());
    }
  }

  /** Whoever had the server for a while must not be believed for ever. */
  @Test
  void afterADayAListIsTransferredWhateverTheServerSaysOfIt() throws Exception {
    ScriptedServer server = serve(file);
    list(server.url("/"));
    Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
    new WebClient(settings(), tomorrow).list(server.url("/"), ERRAND);
    assertEquals(Optional.empty(), server.lastQuestion().header("If-None-Match"));
  }

  @Test
  void aFileIsTransferredEachTime() throws Exception {
    ScriptedServer server = serve(file);
    document(server.url("/"));
    document(server.url("/"));
    assertEquals(Optional.empty(), server.lastQuestion().header("If-None-Match"));
    assertEquals(List.of(), kept());
  }

  @Test
  void onlyTheLastOnesAreKept() throws Exception {
    ScriptedServer server = serve(file);
    for (int i = 0; i < 9; i++) {
      list(server.url("/" + i));
    }
    assertEquals(4, kept().size());
    list(server.url("/8"));
    assertEquals(Optional.of("\"one\""), server.lastQuestion().header("If-None-Match"));
  }

  /** Two threads and two processes with one directory, while the document changes all the time. */
  @Test
  void manyMayReadAtOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ScriptedServer server =
        serve(
            (question, output) -> {
              int version = asked.incrementAndGet() / 3;
              byte[] body = Integer.toString(version).repeat(5000).getBytes(UTF_8);
              new ServedFile(body).become(body, "\"" + version + "\"").answer(question, output);
            });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<String>>> read = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      read.add(threads.submit(() -> readOften(server.url("/"))));
      read.add(threads.submit(readByAnother(server.url("/"))));
    }
    for (Future<List<String>> texts : read) {
      assertEquals(100, texts.get().size());
      for (String text : texts.get()) {
        String version = text.substring(0, text.length() / 5000);
        assertTrue(text.equals(version.repeat(5000)), text);
      }
    }
    threads.shutdown();
    assertEquals(Set.of(1), Set.of(kept().size()));
  }

  private List<String> readOften(URI address) throws Exception {
    WebClient client = client();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      texts.add(new String(client.list(address, ERRAND).orElseThrow(), UTF_8));
    }
    return texts;
  }

  private Callable<List<String>> readByAnother(URI address) throws IOException {
    Process process =
        OtherProcess.start("documents", address.toString(), cache().toString(), "100");
    return () ->
        new String(process.getInputStream().readAllBytes(), UTF_8)
            .lines()
            .filter(line -> Character.isDigit(line.charAt(0)) && line.length() >= 5000)
            .toList();
  }
}

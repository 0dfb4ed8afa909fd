package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** A real Chromium without a window, which one test looks through, by the DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket tools;
  private int asked;

  private Browser(Process process, Path profile) {
    this.process = process;
    URI page = Until.found("the browser's page", () -> page(profile));
    this.tools = http.newWebSocketBuilder().buildAsync(page, new Answers()).join();
  }

  /** Starts one, or has the test skipped where none is installed. */
  static Browser start(Path profile) {
    Path program = Program.found("chromium", "chromium-browser").orElseGet(Browser::skip);
    List<String> command =
        List.of(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("browser.log").toFile());
    builder.environment().put("HOME", profile.toString());
    try {
      return new Browser(builder.start(), profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path skip() {
    System.out.println("skipped: no browser: chromium is not installed");
    return Assumptions.abort("no browser: chromium is not installed");
  }

  private Optional<URI> page(Path profile) throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("the browser has ended with " + process.exitValue());
    }
    Path file = profile.resolve("DevToolsActivePort");
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Optional.empty();
    }
    URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(file).get(0) + "/json/list");
    HttpRequest request = HttpRequest.newBuilder(list).build();
    return Json.parse(http.send(request, BodyHandlers.ofString()).body())
        .valueStream()
        .filter(target -> Results.text(target, "type").equals("page"))
        .map(target -> URI.create(Results.text(target, "webSocketDebuggerUrl")))
        .findFirst();
  }

  /** Goes to an address. */
  void open(URI address) {
    ask("Page.navigate", "{\"url\": " + Json.quote(address.toString()) + "}");
  }

  /** What a script says, as text. */
  String run(String script) {
    String parameters = "{\"expression\": " + Json.quote("String(" + script + ")") + "}";
    return ask("Runtime.evaluate", parameters).path("result").path("value").asString("");
  }

  /** What can be read on the page. */
  String text() {
    return run("document.body && document.body.innerText");
  }

  /** Waits until something can be read on the page. */
  void awaitText(String text) {
    try {
      Until.isTrue("the page saying '" + text + "'", () -> text().contains(text));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(run("location.href") + " says instead:\n" + text(), e);
    }
  }

  private JsonNode ask(String method, String parameters) {
    int id = ++asked;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    open.put(id, answer);
    String message = "{\"id\": %d, \"method\": \"%s\", \"params\": %s}";
    tools.sendText(message.formatted(id, method, parameters), true).join();
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the browser does not answer to " + method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        JsonNode answer = Json.parse(message.toString());
        message.setLength(0);
        Optional.ofNullable(open.remove(answer.path("id").asInt()))
            .ifPresent(waits -> waits.complete(answer.path("result")));
      }
      socket.request(1);
      return null;
    }
  }

  /** Has it end, so that it leaves nothing in the host's directory for temporary files. */
  @Override
  public void close() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    ask("Browser.close", "{}");
    try {
      Until.isTrue(
          "the browser being gone", () -> family.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      family.forEach(ProcessHandle::destroyForcibly);
    }
  }
}

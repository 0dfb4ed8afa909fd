package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.host.FreePort;

/** What Caddy and nginx show of an application that is closed, or not there, with the samples. */
class ProxyTest {

  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path scratch;
  private Path root;
  private Path spool;
  private int port;
  private Backend backend;
  private ReverseProxy proxy;

  @BeforeEach
  void startApplication() throws IOException {
    root = Files.createDirectories(scratch.resolve("opt"));
    spool = Files.createDirectories(scratch.resolve("spool"));
    Files.writeString(spool.resolve("status.json"), "{\"schema\": \"spoolway/status/v1\"}");
    port = FreePort.any();
    backend = Backend.start(port);
  }

  private void start(ReverseProxy.Kind kind) {
    proxy = ReverseProxy.start(kind, scratch, new ReverseProxy.Site(root, spool, port));
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
    backend.close();
  }

  private void close() throws IOException {
    Files.writeString(root.resolve("maintenance"), "{\"since\": \"2026-11-21T02:00:00Z\"}");
  }

  private void reopen() throws IOException {
    Files.delete(root.resolve("maintenance"));
  }

  private HttpResponse<String> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(proxy.at(path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> browse(String path) throws IOException, InterruptedException {
    return ask("GET", path, "Accept", BROWSER);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static void assertClosed(HttpResponse<String> response, String type) {
    assertEquals(503, response.statusCode());
    assertEquals("no-store", header(response, "Cache-Control"));
    assertEquals("10", header(response, "Retry-After"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    assertTrue(header(response, "Content-Type").startsWith(type), response.headers().toString());
  }

  private static void assertPage(HttpResponse<String> response) throws IOException {
    assertClosed(response, "text/html");
    assertEquals(page(), response.body());
  }

  private static String page() throws IOException {
    return Files.readString(Readme.PROJECT.resolve("samples/proxy/maintenance/index.html"));
  }

  @ParameterizedTest
  @EnumSource
  void whoeverBrowsesAClosedSiteSeesThePage(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    close();

    for (String path : List.of("/", "/notes?a=b", "/static/app.js", "/.spoolway/")) {
      assertPage(browse(path));
    }
    assertEquals(List.of(), backend.requests());
  }

  @ParameterizedTest
  @EnumSource
  void pageMayDoWhatItsPolicySaysAndNothingElse(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    close();

    String policy = header(browse("/"), "Content-Security-Policy");

    assertTrue(policy.startsWith("default-src 'none';"), policy);
    assertTrue(policy.contains("style-src '" + hash("style") + "';"), hash("style"));
    assertTrue(policy.contains("script-src '" + hash("script") + "';"), hash("script"));
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(page().matches("(?s).*\\s(src|href|style|on[a-z]+)=.*"), "something inline");
  }

  private static String hash(String element) throws IOException, GeneralSecurityException {
    Matcher inside = Pattern.compile("(?s)<(" + element + ")>(.*?)</\\1>").matcher(page());
    assertTrue(inside.find(), element);
    byte[] text = inside.group(2).getBytes(StandardCharsets.UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  @ParameterizedTest
  @EnumSource
  void assetsAndCallsOfAClosedSiteGetNoPage(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    close();

    assertClosed(ask("GET", "/static/app.js", "Accept", "*/*"), "text/plain");
    assertClosed(ask("GET", "/logo.png", "Accept", "image/avif,image/*,*/*;q=0.8"), "text/plain");
    assertClosed(ask("GET", "/feed"), "text/plain");
    HttpResponse<String> call = ask("DELETE", "/api/notes/1", "Accept", "application/json");
    assertClosed(call, "application/problem+json");
    assertEquals(503, Json.parse(call.body()).path("status").asInt());
  }

  @ParameterizedTest
  @EnumSource
  void everyMethodIsTurnedAwayAndThePageKnowsWhich(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    close();

    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      HttpResponse<String> response = ask(method, "/notes", "Accept", BROWSER);
      assertPage(response);
      assertEquals("method;desc=\"" + method + "\"", header(response, "Server-Timing"));
    }
    HttpResponse<String> head = ask("HEAD", "/notes", "Accept", BROWSER);
    assertClosed(head, "text/html");
    assertEquals("", head.body());
    assertEquals("method;desc=\"GET\"", header(browse("/notes"), "Server-Timing"));
    assertEquals(List.of(), backend.requests());
  }

  @ParameterizedTest
  @EnumSource
  void whoHasSomethingAlreadyGetsTheWholePage(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    close();
    String later = "Fri, 01 Jan 2100 00:00:00 GMT";

    assertPage(ask("GET", "/", "Accept", BROWSER, "If-Modified-Since", later));
    assertPage(ask("GET", "/", "Accept", BROWSER, "If-None-Match", "*"));
    assertPage(ask("GET", "/", "Accept", BROWSER, "If-Match", "\"other\""));
    assertPage(ask("GET", "/", "Accept", BROWSER, "Range", "bytes=0-9"));
    HttpResponse<String> status =
        ask("GET", "/.spoolway/status.json", "If-Modified-Since", later, "Range", "bytes=0-9");
    assertEquals(200, status.statusCode());
    assertEquals(Files.readString(spool.resolve("status.json")), status.body());
  }

  @ParameterizedTest
  @EnumSource
  void statusIsReadableWhileTheApplicationIsDownAndNoLonger(ReverseProxy.Kind kind)
      throws Exception {
    start(kind);
    close();
    backend.close();

    HttpResponse<String> status = browse("/.spoolway/status.json");
    assertEquals(200, status.statusCode());
    assertEquals("application/json", header(status, "Content-Type"));
    assertEquals("no-store", header(status, "Cache-Control"));
    assertEquals(Files.readString(spool.resolve("status.json")), status.body());
    assertTrue(browse("/.spoolway/maintenance.json").body().contains("since"));

    backend = Backend.start(port);
    reopen();
    assertEquals("the application's 200", browse("/.spoolway/status.json").body());
    assertEquals("the application's 200", browse("/.spoolway/maintenance.json").body());
  }

  @ParameterizedTest
  @EnumSource
  void siteWithoutStatusIsStillClosed(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    close();
    Files.delete(spool.resolve("status.json"));

    assertPage(browse("/.spoolway/status.json"));
  }

  @ParameterizedTest
  @EnumSource
  void comesAndGoesWithTheNextRequest(ReverseProxy.Kind kind) throws Exception {
    start(kind);

    for (int i = 0; i < 20; i++) {
      assertEquals("the application's 200", browse("/").body());
      assertEquals("let application;\n", ask("GET", "/static/app.js").body());
      close();
      assertEquals(503, browse("/").statusCode());
      assertEquals(503, ask("GET", "/static/app.js").statusCode());
      reopen();
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedPortIsThePage(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    backend.close();

    assertPage(browse("/notes"));
    assertClosed(ask("POST", "/notes", "Accept", "application/json"), "application/problem+json");
  }

  @ParameterizedTest
  @EnumSource(names = "CADDY")
  void portClosedForAMomentIsWaitedFor(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    backend.close();
    HttpRequest request = HttpRequest.newBuilder(proxy.at("/status/200")).DELETE().build();

    CompletableFuture<HttpResponse<String>> response =
        HTTP.sendAsync(request, BodyHandlers.ofString());
    CompletableFuture.runAsync(
            () -> backend = Backend.start(port),
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS))
        .get();

    assertEquals("the application's 200", response.get().body());
    assertEquals(List.of("DELETE /status/200"), backend.requests());
  }

  @ParameterizedTest
  @EnumSource
  void requestThatTheApplicationDropsIsThePageAndNotSentAgain(ReverseProxy.Kind kind)
      throws Exception {
    start(kind);

    assertPage(ask("POST", "/vanish", "Accept", BROWSER));
    assertPage(ask("PUT", "/vanish", "Accept", BROWSER));
    assertPage(ask("DELETE", "/vanish", "Accept", BROWSER));

    assertEquals(List.of("POST /vanish", "PUT /vanish", "DELETE /vanish"), backend.requests());
    assertPage(browse("/vanish"));
  }

  @ParameterizedTest
  @EnumSource
  void whatTheApplicationAnswersPassesAsItIs(ReverseProxy.Kind kind) throws Exception {
    start(kind);

    for (int status : new int[] {200, 404, 500, 502, 503, 504}) {
      HttpResponse<String> response = browse("/status/" + status);
      assertEquals(status, response.statusCode());
      assertEquals("the application's " + status, response.body());
      assertEquals("yes", header(response, "X-Application"));
      assertEquals("", header(response, "Retry-After"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void webSocketPasses(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.complete(data.toString());
            return null;
          }
        };

    String address = proxy.at("/socket").toString().replace("http:", "ws:");
    WebSocket socket =
        HTTP.newWebSocketBuilder().buildAsync(java.net.URI.create(address), listener).get();
    socket.sendText("hello", true).get();

    assertEquals("hello", heard.get(20, TimeUnit.SECONDS));
    socket.abort();
  }

  @ParameterizedTest
  @EnumSource
  void largeUploadPassesOrIsTurnedAway(ReverseProxy.Kind kind) throws Exception {
    start(kind);
    Path large = scratch.resolve("large");
    Files.write(large, new byte[20_000_000]);

    assertEquals("20000000 bytes 200", upload(large));
    close();
    assertTrue(upload(large).endsWith(" 503"));
  }

  private String upload(Path file) {
    String[] upload = {
      "curl", "-s", "-w", " %{http_code}", "--data-binary", "@" + file, proxy.at("/upload") + ""
    };
    return Program.output(scratch, upload);
  }
}

package org.spoolway.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.spoolway.host.FreePort;
import org.spoolway.tests.Home;
import org.spoolway.tests.Image;
import org.spoolway.tests.Program;
import org.spoolway.tests.Readme;
import org.spoolway.tests.Runner;
import org.spoolway.tests.Spool;

/**
 * The application in {@code samples/flask/casebook}, deployed by a runner as {@code
 * samples/deployments/casebook.toml} says, for a test class: 1.0.0 is live, and there are an admin
 * and a member. Where uv is missing the class is skipped.
 */
public final class Casebook
    implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

  /** Who may manage accounts and see the page with the updates. */
  public static final String ADMIN = "ada";

  /** Who may not. */
  public static final String MEMBER = "bob";

  private static final String NAME = "casebook";
  private static final String PASSWORD = "long enough for both";
  private static final Path SAMPLES = Readme.PROJECT.resolve("samples");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Home home = new Home();
  private final int port = FreePort.any();
  private boolean opened;
  private Path uv;
  private Runner runner;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    uv = Uv.found().orElseGet(Casebook::skip);
    home.open();
    opened = true;
    try {
      publish("1.0.0");
      Path file = Files.writeString(home.path().resolve(NAME + ".toml"), deployment());
      home.deployment(NAME, deployment());
      startRunner();
      home.spoolway("install", file.toString()).outOfSuccess();
      createUser("create-admin", ADMIN);
      createUser("create-user", MEMBER);
    } catch (AssertionError | IOException e) {
      home.printLog();
      home.close();
      opened = false;
      throw e;
    }
  }

  private static Path skip() {
    System.out.println("skipped: no uv: tests/run installs it");
    return Assumptions.abort("no uv: tests/run installs it");
  }

  private String deployment() throws IOException {
    String text = Files.readString(SAMPLES.resolve("deployments/casebook.toml"));
    Map<String, String> changes =
        Map.of(
            "\"/opt/casebook\"", "\"" + root() + "\"",
            "https://example.org/casebook.git", "file://" + repository(),
            "PORT = \"8085\"", "PORT = \"" + port + "\"",
            "127.0.0.1:8085", "127.0.0.1:" + port,
            "/var/spool/spoolway/casebook", home.path().resolve("spool/casebook").toString(),
            "version = \"/version\"\ntimeout = \"30s\"", "version = \"/version\"\ntimeout = \"8s\"",
            "\"casebook\"]", "\"" + System.getProperty("user.name") + "\"]",
            "user = \"casebook\"", "user = \"" + System.getProperty("user.name") + "\"");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new AssertionError("casebook.toml has no " + change.getKey());
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }

  /** Has a runner serve it, and waits until that does. */
  public void startRunner() {
    runner =
        home.start(
            Uv.environment(uv),
            List.of(Image.program().toString(), "--home", home.path().toString(), "run", NAME));
    home.awaitServing(runner, NAME);
  }

  /** Ends the runner as a host that stops a service would; the application goes on. */
  public void stopRunner() {
    runner.stop();
  }

  private void createUser(String command, String name) throws IOException {
    Path password = Files.writeString(home.path().resolve("password"), PASSWORD);
    String manage = root().resolve("current/manage").toString();
    Program.run(
            home.path(),
            Map.of("SPOOLWAY_SHARED", root().resolve("shared").toString()),
            List.of(manage, command, "--name", name, "--password-file", password.toString()))
        .outOfSuccess();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(context.getDisplayName());
      home.printLog();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (opened) {
      home.close();
    }
  }

  /** The scratch host that it is deployed on. */
  public Home home() {
    return home;
  }

  /** Its directory, with {@code current}, the releases and {@code shared}. */
  public Path root() {
    return home.path().resolve("opt").resolve(NAME);
  }

  /** Its queue, as the operator sees it. */
  public Spool spool() {
    return home.spool(NAME);
  }

  /** Its queue, as its own page sees it. */
  public Spool ownSpool() {
    return home.spool(NAME, "web");
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Where a path of it is found. */
  public String at(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private Path repository() {
    return home.path().resolve("casebook.git");
  }

  /** Brings its repository forward to a release, as its developers would. */
  public void publish(String version) {
    String maker = SAMPLES.resolve("flask/casebook/make-repository").toString();
    Program.output(home.path(), maker, repository().toString(), "--upto", version);
  }

  /** What it answers to somebody without a browser. */
  public HttpResponse<String> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(at(path))).timeout(PATIENCE).build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("the application does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Has somebody log in, who then sees the cases. */
  public void logIn(Page page, String name) {
    page.navigate(at("/login"));
    page.locator("#name").fill(name);
    page.locator("#password").fill(PASSWORD);
    page.locator("main").getByRole(AriaRole.BUTTON).click();
    assertThat(page).hasURL(at("/"));
  }

  /** Has somebody who has logged in write a case. */
  public void write(Page page, String title, String tags) {
    page.navigate(at("/cases/new"));
    page.getByLabel("Title").fill(title);
    page.getByLabel("What happened").fill("They came at dawn.\nNobody was told why.");
    page.getByLabel("Tags").fill(tags);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title)))
        .isVisible();
  }
}

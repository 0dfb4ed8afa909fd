package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.host.FreePort;

/** The maintenance page as people see it in a browser. */
class MaintenancePageTest {

  @RegisterExtension final Home home = new Home();
  @TempDir private Path scratch;
  private final List<AutoCloseable> started = new ArrayList<>();
  private Browser browser;

  @BeforeEach
  void startBrowser() throws IOException {
    browser = started(Browser.start(Files.createDirectories(scratch.resolve("profile"))));
  }

  private <T extends AutoCloseable> T started(T started) {
    this.started.add(0, started);
    return started;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : started) {
      each.close();
    }
  }

  private ReverseProxy proxy(ReverseProxy.Kind kind, Path root, Path spool, int port) {
    return started(ReverseProxy.start(kind, scratch, new ReverseProxy.Site(root, spool, port)));
  }

  @ParameterizedTest
  @EnumSource
  void showsAnUpdateAndReturnsToTheApplicationByItself(ReverseProxy.Kind kind) throws Exception {
    SampleApplication application = new SampleApplication(home, "app");
    Spool spool = application.installed();
    application.release("1.1.0", migratesOnceTold());
    ReverseProxy proxy = proxy(kind, application.root(), spool.directory(), application.port());
    browser.open(proxy.at("/health"));
    browser.awaitText("1.0.0");

    spool.drop("1700000000-go.json", "{\"id\": \"go\", \"action\": \"update\"}");
    Until.isTrue("the migration running", () -> Files.exists(home.marker("migrating")));
    browser.open(URI.create("about:blank"));
    browser.open(proxy.at("/health#part"));

    browser.awaitText("This site is being updated.");
    browser.awaitText("Changing the data");
    browser.awaitText("Closed since ");
    double bar = Double.parseDouble(browser.run("document.getElementById('bar').value"));
    assertTrue(bar >= 3.0 / 8 && bar <= 4.0 / 8, "the bar is at " + bar);
    assertFalse(browser.text().contains("may not have been saved"), browser.text());

    Files.createFile(home.marker("told"));
    browser.awaitText("1.1.0");
    assertEquals("/health#part", browser.run("location.href").replaceFirst(".*:\\d+", ""));
    assertEquals("succeeded", Results.text(spool.await("go"), "state"));
  }

  private Release migratesOnceTold() {
    Release release = new Release().schema(2);
    String migrate = release.files().get("migrate");
    return release
        .with("migrate-data", migrate)
        .migrate(
            "touch %s; until [ -e %s ]; do sleep 0.1; done; exec ./migrate-data"
                .formatted(home.marker("migrating"), home.marker("told")));
  }

  @Test
  void saysThatAnUpdateIsUndoneAndWhenItNeedsSomebody() throws Exception {
    Path root = Files.createDirectories(scratch.resolve("opt"));
    Path spool = Files.createDirectories(scratch.resolve("spool"));
    Files.createFile(root.resolve("maintenance"));
    ReverseProxy proxy = proxy(ReverseProxy.Kind.NGINX, root, spool, FreePort.any());
    tell(spool, "{\"running\": {\"id\": \"a\", \"step\": \"migrate\", \"progress\": 0.5}");
    browser.open(proxy.at("/"));
    browser.awaitText("Changing the data");

    tell(spool, "{\"running\": {\"id\": \"a\", \"step\": \"snapshot\", \"progress\": null}");
    browser.awaitText("Putting the previous version back");

    tell(spool, "{\"running\": null, \"broken\": {\"step\": \"snapshot\"}");
    browser.awaitText("Somebody has to look after this site.");
    assertFalse(browser.text().contains("Putting the previous version back"), browser.text());
  }

  private static void tell(Path spool, String fields) throws IOException {
    Path next = spool.resolve(".status.json");
    Files.writeString(next, fields + ", \"schema\": \"spoolway/status/v1\"}");
    Files.move(next, spool.resolve("status.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void whatWasSentIsNeverSentAgainAndCanBeReturnedTo() throws Exception {
    Path root = Files.createDirectories(scratch.resolve("opt"));
    Path status = Files.createDirectories(scratch.resolve("spool")).resolve("status.json");
    Files.writeString(status, "{\"schema\": \"spoolway/status/v1\"}");
    int port = FreePort.any();
    Backend backend = started(Backend.start(port));
    ReverseProxy proxy = proxy(ReverseProxy.Kind.CADDY, root, status.getParent(), port);
    browser.open(proxy.at("/form"));
    browser.awaitText("the application's 200");

    Files.createFile(root.resolve("maintenance"));
    browser.run(
        "document.body.insertAdjacentHTML('beforeend', '<form method=post action=/notes></form>'),"
            + " document.forms[0].submit()");
    browser.awaitText("may not have been saved");
    Files.delete(root.resolve("maintenance"));

    browser.awaitText("The site is back");
    browser.run("document.getElementById('back').click()");
    browser.awaitText("the application's 200");
    assertEquals("/form", browser.run("location.pathname"));
    assertFalse(backend.requests().contains("POST /notes"), backend.requests().toString());
  }
}

package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spoolway.host.FreePort;
import tools.jackson.databind.JsonNode;

/**
 * A tiny application, quick to build and to start: its repository, its deployment file and what its
 * users see.
 */
final class SampleApplication {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Home home;
  private final String name;
  private final Path root;
  private final int port;
  private final Repository repository;
  private final ApplicationData data;
  private final DeploymentFile file;

  /** One whose data are in a file. */
  SampleApplication(Home home, String name) {
    this(home, name, new SqliteData(root(home, name)));
  }

  /** One whose data are somewhere. */
  SampleApplication(Home home, String name, ApplicationData data) {
    this.home = home;
    this.data = data;
    this.name = name;
    this.root = root(home, name);
    this.port = FreePort.any();
    this.repository = new Repository(home.path().resolve("origin").resolve(name));
    this.file = deploymentFile();
  }

  private static Path root(Home home, String name) {
    return home.path().resolve("opt").resolve(name);
  }

  private DeploymentFile deploymentFile() {
    Path markers = home.path().resolve("markers");
    String env = "{ PORT = \"%d\", MARKERS = %s }".formatted(port, Json.quote(markers.toString()));
    DeploymentFile described =
        new DeploymentFile()
            .set("", "name", Json.quote(name))
            .set("", "root", Json.quote(root.toString()))
            .set("source", "type", "\"git\"")
            .set("source", "url", Json.quote(repository.url()))
            .set("build", "run", "[[\"./build\"]]")
            .set("build", "timeout", "\"60s\"")
            .set("migrate", "pending", "[\"./pending\"]")
            .set("migrate", "run", "[[\"./migrate\"]]")
            .set("migrate", "timeout", "\"60s\"")
            .set("service", "type", "\"process\"")
            .set("service", "run", "[\"./serve\"]")
            .set("service", "env", env)
            .set("health", "url", "\"http://127.0.0.1:" + port + "/health\"")
            .set("health", "version", "\"/version\"")
            .set("health", "timeout", "\"20s\"");
    return data.describeIn(described);
  }

  String name() {
    return name;
  }

  Path root() {
    return root;
  }

  /** Where it listens. */
  int port() {
    return port;
  }

  Repository repository() {
    return repository;
  }

  /** Its deployment file, to be changed before it is written. */
  DeploymentFile file() {
    return file;
  }

  /** Writes its deployment file. */
  SampleApplication write() {
    home.deployment(name, file.text());
    return this;
  }

  /** Tags a release. */
  SampleApplication release(String version, Release release) {
    repository.release(version, release.files());
    return this;
  }

  /** Tags a good 1.0.0 and installs it. */
  Spool installed() {
    return release("1.0.0", data.release()).installed("1.0.0");
  }

  /** Writes the deployment file, starts a runner and installs a release. */
  Spool installed(String version) {
    write();
    home.run();
    Spool spool = home.spool(name);
    JsonNode result = spool.ask("update@" + version);
    if (!result.path("state").asString().equals("succeeded")) {
      throw new AssertionError("cannot install the sample application: " + result.toPrettyString());
    }
    return spool;
  }

  /** What it keeps. */
  ApplicationData data() {
    return data;
  }

  /** The release that is live, or empty. */
  Optional<String> live() {
    Path current = root.resolve("current");
    try {
      return Files.isSymbolicLink(current)
          ? Optional.of(Files.readSymbolicLink(current).getFileName().toString())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version that answers, or empty when nothing does. */
  Optional<String> serving() {
    try {
      URI health = URI.create("http://127.0.0.1:" + port + "/health");
      HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
      String body = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Optional.of(Json.parse(body).path("version").asString());
    } catch (IOException nothing) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Has the application itself write to its data. */
  void addNote() {
    URI address = URI.create("http://127.0.0.1:" + port + "/write");
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build();
    try {
      int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new AssertionError("the application answered " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The data as SQL; empty when there are none. */
  String dump() {
    return data.dump();
  }

  /** Whether users see the maintenance page. */
  boolean maintenance() {
    return Files.exists(root.resolve("maintenance"), LinkOption.NOFOLLOW_LINKS);
  }

  /** The names in a directory below the root, sorted; none when it is missing. */
  List<String> names(String directory) {
    if (!Files.isDirectory(root.resolve(directory))) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root.resolve(directory))) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of the process that serves, as the runner has written it down. */
  long pid() {
    try {
      return Json.read(home.state(name).resolve("service.json")).orElseThrow().path("pid").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that an update may change. */
  World world() {
    return new World(live(), serving(), dump(), maintenance(), names("releases"));
  }
}

package org.spoolway.host.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Version;
import tools.jackson.databind.json.JsonMapper;

/** One GET of the health URL. */
public final class HttpHealthProbe implements HealthProbe {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final URI url;
  private final @Nullable String versionPointer;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Asks this URL; the answer at the JSON pointer must be the version, when there is a pointer. */
  public HttpHealthProbe(URI url, @Nullable String versionPointer) {
    this.url = url;
    this.versionPointer = versionPointer;
  }

  @Override
  public Answer ask(Version expected, Interruption interruption) {
    try {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(LIMIT).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2 || versionPointer == null) {
        return new Answer(answer.statusCode() / 100 == 2, String.valueOf(answer.statusCode()));
      }
      String version = new JsonMapper().readTree(answer.body()).at(versionPointer).asString("");
      return new Answer(version.equals(expected.text()), "200 with version " + version);
    } catch (IOException | RuntimeException e) {
      return new Answer(false, e.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }
}

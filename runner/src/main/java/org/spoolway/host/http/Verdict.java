package org.spoolway.host.http;

import org.jspecify.annotations.Nullable;
import org.spoolway.host.HealthProbe.Answer;
import org.spoolway.schema.Version;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Judges an answer that came back whole. */
final class Verdict {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final @Nullable JsonPointer pointer;

  /**
   * What to look at.
   *
   * @param versionPointer where the version stands, or null when the status says it all
   */
  Verdict(@Nullable String versionPointer) {
    this.pointer = versionPointer == null ? null : JsonPointer.compile(versionPointer);
  }

  static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  Answer on(int status, byte[] body, Version expected) {
    if (!isSuccess(status) || pointer == null) {
      return new Answer(isSuccess(status), String.valueOf(status));
    }
    JsonNode answer = read(body);
    if (answer.isMissingNode()) {
      return new Answer(false, status + " but the answer is not JSON");
    }
    JsonNode found = answer.at(pointer);
    if (found.isMissingNode() || found.isNull()) {
      return new Answer(false, status + " but nothing at " + pointer);
    }
    return compare(status, found, expected.text());
  }

  /** The answer as JSON, or the missing node when it is none. */
  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  private static Answer compare(int status, JsonNode found, String expected) {
    if (found.isString() && found.stringValue().equals(expected)) {
      return new Answer(true, status + " with version " + expected);
    }
    String text = found.isString() ? found.stringValue() : found.toString();
    String observed = status + " with version " + OneLine.of(text) + " instead of " + expected;
    return new Answer(false, observed);
  }
}

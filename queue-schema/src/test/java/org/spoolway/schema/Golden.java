package org.spoolway.schema;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The golden examples, and the readers that must agree with the schemas about them. */
enum Golden {
  REQUEST,
  RESULT,
  STATUS;

  Object read(byte[] bytes) throws SchemaJson.Malformed {
    return switch (this) {
      case REQUEST -> SchemaJson.request(bytes);
      case RESULT -> SchemaJson.result(bytes);
      case STATUS -> SchemaJson.status(bytes);
    };
  }

  boolean isRead(byte[] bytes) {
    try {
      Object unused = read(bytes);
      return true;
    } catch (SchemaJson.Malformed e) {
      return false;
    }
  }

  JsonSchema schema() {
    return JsonSchema.of(kind());
  }

  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<Path> valid() {
    return examples("valid");
  }

  List<Path> invalid() {
    return examples("invalid");
  }

  private List<Path> examples(String verdict) {
    URL folder = Golden.class.getResource("/golden/" + kind() + "/" + verdict);
    try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(folder).toURI()))) {
      return files.sorted().toList();
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}

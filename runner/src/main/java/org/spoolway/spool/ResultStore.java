package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.SpoolDir;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;

/**
 * The results of one deployment. A terminal one, once durable, is the only fact that ends a
 * request.
 */
public final class ResultStore {

  private static final String MODE = "rw-r-----";

  private final SpoolDir spool;

  /** The results in a spool. */
  public ResultStore(SpoolDir spool) {
    this.spool = spool;
  }

  /** Tells how a request stands; durable when that is an end, and then never changed again. */
  public void publish(Result result) throws IOException {
    Path file = spool.result(result.origin(), result.id().value());
    byte[] content = SchemaJson.pretty(result);
    if (result.state().isTerminal()) {
      DurableFiles.replace(file, content, MODE);
    } else {
      DurableFiles.publish(file, content, MODE);
    }
  }

  /** What was last told, or empty; also empty when a power cut has torn an unfinished one. */
  public Optional<Result> find(String origin, RequestId id) throws IOException {
    try {
      byte[] content = Files.readAllBytes(spool.result(origin, id.value()));
      return Optional.of(SchemaJson.read(content, Result.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (SchemaJson.Malformed torn) {
      return Optional.empty();
    }
  }

  /** Whether an end was told. */
  public boolean isTold(String origin, RequestId id) throws IOException {
    return find(origin, id).filter(result -> result.state().isTerminal()).isPresent();
  }

  /** Whether nothing was ever told or put aside under an id. */
  boolean isFree(String origin, RequestId id) {
    Path rejected = spool.rejected(origin).resolve(id.value());
    return !Files.exists(spool.result(origin, id.value()), LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(rejected, LinkOption.NOFOLLOW_LINKS);
  }
}

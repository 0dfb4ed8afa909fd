package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.durable.Reservation;
import org.spoolway.layout.SpoolDir;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;

/**
 * The results of one deployment. A terminal one, once durable, is the only fact that ends a
 * request.
 */
public final class ResultStore {

  private static final Logger LOG = LoggerFactory.getLogger(ResultStore.class);

  /** More than the result of an update with every step's detail has. */
  private static final int ROOM = 32 << 10;

  private static final String MODE = "rw-r-----";

  private final SpoolDir spool;

  /** The results in a spool. */
  public ResultStore(SpoolDir spool) {
    this.spool = spool;
  }

  /**
   * Sets room aside for a request's end, before there is one, so that a disk which is full by then
   * cannot keep it from being told.
   */
  public void reserve(String origin, RequestId id) throws IOException {
    Reservation.make(spool.result(origin, id.value()), ROOM, MODE);
  }

  /** Tells how a request stands; durable when that is an end, and then never changed again. */
  public void publish(Result result) throws IOException {
    Path file = spool.result(result.origin(), result.id().value());
    byte[] content = SchemaJson.pretty(result);
    if (result.state().isTerminal()) {
      Reservation.replace(file, content, MODE);
    } else {
      DurableFiles.publish(file, content, MODE);
    }
  }

  /** Makes the results of an origin that can be read survive a power cut. */
  public void force(String origin) throws IOException {
    DurableFiles.forceDirectory(spool.results(origin));
  }

  /**
   * What was last told, also by a later version; empty when nothing was, or when a power cut has
   * torn what was not an end.
   */
  public Optional<Result> find(String origin, RequestId id) throws IOException {
    Path file = spool.result(origin, id.value());
    try {
      return Optional.of(SchemaJson.result(Files.readAllBytes(file)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (SchemaJson.Malformed torn) {
      LOG.warn("cannot read {}: {}; it counts as never written", file, torn.getMessage());
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

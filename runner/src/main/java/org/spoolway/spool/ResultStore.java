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
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;

/**
 * The results of one deployment. A terminal one, once durable, is the only fact that ends a
 * request.
 */
public final class ResultStore {

  private static final Logger LOG = LoggerFactory.getLogger(ResultStore.class);

  /** What a request may have its result repeat, and more than the details of all steps have. */
  private static final int ROOM = Request.MAX_BYTES + (32 << 10);

  private static final String MODE = "rw-r-----";

  private final SpoolDir spool;

  /** The results in a spool. */
  public ResultStore(SpoolDir spool) {
    this.spool = spool;
  }

  /**
   * Sets room aside for the end of an origin's next request, so that a disk which is full by then
   * cannot keep it from being told.
   */
  public void reserve(String origin) throws IOException {
    reservation(origin).make(ROOM, spool.results(origin));
  }

  private Reservation reservation(String origin) {
    return new Reservation(spool.room(origin), MODE);
  }

  /** Tells how a request stands; durable when that is an end, and then never changed again. */
  public void publish(Result result) throws IOException {
    Path file = spool.result(result.origin(), result.id().value());
    byte[] content = SchemaJson.pretty(result);
    if (result.state().isTerminal()) {
      publishEnd(result, file, content);
    } else {
      DurableFiles.publish(file, content, MODE);
    }
  }

  /**
   * Only jobs in hand use the room, for which it is set aside; what else cannot be told is tried
   * again.
   */
  private void publishEnd(Result result, Path file, byte[] content) throws IOException {
    if (result.state() == Outcome.REJECTED || result.action() == Action.CANCEL) {
      DurableFiles.replace(file, content, MODE);
    } else {
      reservation(result.origin()).replace(file, content);
    }
  }

  /**
   * Makes the names of an origin's results survive a power cut; an end's content was forced before
   * it had its name.
   */
  public void force(String origin) throws IOException {
    DurableFiles.forceDirectory(spool.results(origin));
  }

  /**
   * What was last told, also by a later version; empty when nothing was, or when a power cut has
   * torn what was not an end.
   */
  public Optional<Result> find(String origin, RequestId id) throws IOException {
    Path file = spool.result(origin, id.value());
    if (Files.notExists(file)) {
      // As for every new request, for which an exception each time would be dear.
      return Optional.empty();
    }
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

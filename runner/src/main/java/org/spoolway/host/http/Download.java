package org.spoolway.host.http;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.wording.TransferSize;

/**
 * One file on its way, over as many connections as it takes. Whether it goes on where an earlier
 * connection ended is up to the server: only if it says that the file is still the same one.
 */
final class Download {

  private static final Logger LOG = LoggerFactory.getLogger(Download.class);

  private static final int MOST_RETRIES = 3;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final String FILE = "application/octet-stream";

  private final Courier courier;
  private final long mostBytes;
  private final Duration window;
  private final Patience patience;
  private final Meter meter;
  private final URI address;
  private final PartFile file;

  private volatile long position;
  private @Nullable Long total;
  private long furthest;
  private int retries;
  private boolean hasBegunAnew;
  private volatile boolean isWorthless;

  private enum Outcome {
    WHOLE,
    ABSENT,
    AGAIN
  }

  private Download(
      Courier courier,
      WebSettings settings,
      Duration window,
      URI address,
      PartFile file,
      Errand errand) {
    this.courier = courier;
    this.mostBytes = settings.mostBytes();
    this.window = window;
    this.patience = new Patience(errand.interruption(), settings.limit());
    this.meter = new Meter(errand.progress());
    this.address = address;
    this.file = file;
  }

  /**
   * Brings a file.
   *
   * @param window over which a server's speed is averaged
   * @return false when there is none
   */
  static boolean run(
      Courier courier, WebSettings settings, Duration window, URI address, Path into, Errand errand)
      throws WebFailure {
    try (PartFile file = PartFile.of(into)) {
      return new Download(courier, settings, window, address, file, errand).bring();
    } catch (IOException e) {
      throw WebFailure.unwritten(PartFile.directory(into), e);
    }
  }

  private boolean bring() throws WebFailure, IOException {
    try {
      Outcome outcome = Outcome.AGAIN;
      while (outcome == Outcome.AGAIN) {
        outcome = attempt();
      }
      if (outcome == Outcome.WHOLE) {
        file.finish();
        meter.finished(position);
      }
      return outcome == Outcome.WHOLE;
    } finally {
      if (isWorthless) {
        file.discard();
      }
    }
  }

  private Outcome attempt() throws WebFailure, IOException {
    PartFile.Note known = file.note();
    long from = known == null ? 0 : startOf(known);
    try (Answer answer = courier.get(address, wish(from, known), patience)) {
      if (answer.isAbsent()) {
        return Outcome.ABSENT;
      }
      if (answer.isOk()) {
        answer.requireAsItIs();
        beginAnew(answer);
      } else if (known != null && from > 0 && isAboutTheRange(answer)) {
        if (!goesOn(answer, from, known)) {
          return doubt(from);
        }
      } else {
        throw Unwanted.failure(answer);
      }
      return receive(answer);
    }
  }

  /**
   * The first byte to ask for: at least one, so that the server says whether it is the same file.
   */
  private long startOf(PartFile.Note known) throws IOException {
    boolean isOther = !known.address().equals(WebAddress.bare(address).toString());
    Long whole = known.total();
    if (isOther || (whole != null && file.size() > whole)) {
      return 0;
    }
    return whole == null ? file.size() : Math.min(file.size(), Math.max(0, whole - 1));
  }

  private static Map<String, String> wish(long from, PartFile.@Nullable Note known) {
    return known == null || from == 0
        ? Map.of("Accept", FILE)
        : Map.of("Accept", FILE, "Range", "bytes=" + from + "-", "If-Range", known.validator());
  }

  private void beginAnew(Answer answer) throws WebFailure, IOException {
    OptionalLong length = answer.length();
    total = length.isPresent() ? length.getAsLong() : null;
    position = 0;
    requireFit(0);
    PartFile.Note note =
        Validator.strong(answer)
            .map(by -> new PartFile.Note(WebAddress.bare(address).toString(), by, total))
            .orElse(null);
    file.beginAnew(note);
  }

  private static boolean isAboutTheRange(Answer answer) {
    return answer.status() == PARTIAL_CONTENT || answer.status() == RANGE_NOT_SATISFIABLE;
  }

  private boolean goesOn(Answer answer, long from, PartFile.Note known)
      throws WebFailure, IOException {
    Optional<ContentRange> range =
        answer
            .header("Content-Range")
            .filter(header -> answer.status() == PARTIAL_CONTENT)
            .flatMap(ContentRange::parse)
            .filter(found -> found.fits(from, known.total()));
    if (range.isEmpty() || Validator.contradicts(answer, known.validator())) {
      return false;
    }
    answer.requireAsItIs();
    total = known.total() == null ? range.get().total() : known.total();
    position = from;
    furthest = Math.max(furthest, from);
    requireFit(from);
    file.goOn(from);
    LOG.info("going on with {} after {} bytes", WebAddress.shown(address), from);
    return true;
  }

  /** The server has other bytes than those that were asked for: all of them then, but only once. */
  private Outcome doubt(long from) throws WebFailure, IOException {
    if (hasBegunAnew) {
      throw WebFailure.unreachable("it does not answer with the bytes from " + from + " on");
    }
    hasBegunAnew = true;
    file.beginAnew(null);
    return Outcome.AGAIN;
  }

  private void requireFit(long from) throws WebFailure, IOException {
    if (total == null) {
      return;
    }
    if (total > mostBytes) {
      isWorthless = true;
      throw WebFailure.tooLarge(TransferSize.of(total), mostBytes);
    }
    long free = FreeBytes.of(file.directory()) + file.size() - from;
    if (total - from > free) {
      throw WebFailure.noRoom(file.directory(), total - from, free);
    }
  }

  private Outcome receive(Answer answer) throws WebFailure {
    IncomingBody body = answer.receive(this::take);
    Pace pace = new Pace(window);
    try {
      patience.await(
          body.end(),
          () -> {
            meter.tell(position, total);
            pace.look(body.received());
            forceMuch();
          });
      return total == null || position >= total ? Outcome.WHOLE : cut(null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebFailure || Failures.isSilence(e)) {
        throw courier.failure(e);
      }
      return cut(e);
    } finally {
      body.stop();
    }
  }

  private void forceMuch() throws WebFailure {
    try {
      file.forceMuch();
    } catch (IOException e) {
      isWorthless = true;
      throw WebFailure.unwritten(file.directory(), e);
    }
  }

  /** In the thread that receives. */
  private void take(List<ByteBuffer> buffers) throws WebFailure {
    long after = position;
    for (ByteBuffer buffer : buffers) {
      after += buffer.remaining();
    }
    if (after > mostBytes) {
      isWorthless = true;
      throw WebFailure.tooLarge("more than " + TransferSize.of(mostBytes), mostBytes);
    }
    if (total != null && after > total) {
      isWorthless = true;
      throw WebFailure.unreachable("it sent more than the " + total + " bytes that it promised");
    }
    try {
      file.write(buffers);
    } catch (IOException e) {
      isWorthless = true;
      throw WebFailure.unwritten(file.directory(), e);
    }
    position = after;
  }

  private Outcome cut(@Nullable ExecutionException failure) throws WebFailure {
    boolean isFurther = position > furthest;
    furthest = Math.max(furthest, position);
    if (isFurther && retries < MOST_RETRIES) {
      retries++;
      LOG.info("the connection to {} ended after {} bytes", WebAddress.shown(address), position);
      return Outcome.AGAIN;
    }
    String promised = total == null ? "" : " of " + total;
    String observed = "the connection ended after " + position + promised + " bytes";
    throw failure == null
        ? WebFailure.unreachable(observed)
        : WebFailure.unreachable(observed, failure);
  }
}

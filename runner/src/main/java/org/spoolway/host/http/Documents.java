package org.spoolway.host.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.http.KeptDocuments.Kept;

/** Reads small texts, and asks of those that it has only whether they are still the same. */
final class Documents {

  private static final int NOT_MODIFIED = 304;

  private final Courier courier;
  private final KeptDocuments kept;
  private final Duration window;
  private final Kind kind;

  /** What is asked for, and how long it may be. */
  enum Kind {
    FILE("application/octet-stream", 1 << 20),
    /** Kept, so that one that has not changed is not transferred again. */
    LIST("application/json, */*;q=0.5", 8 << 20);

    private final String accepted;
    private final int mostBytes;

    Kind(String accepted, int mostBytes) {
      this.accepted = accepted;
      this.mostBytes = mostBytes;
    }
  }

  Documents(Courier courier, KeptDocuments kept, Duration window, Kind kind) {
    this.courier = courier;
    this.kept = kept;
    this.window = window;
    this.kind = kind;
  }

  /** The bytes of a text, or empty when there is none. */
  Optional<byte[]> read(URI address, Patience patience) throws WebFailure {
    URI bare = WebAddress.bare(address);
    Kept known = kind == Kind.LIST ? kept.find(bare).orElse(null) : null;
    try (Answer answer = courier.get(address, conditions(known), patience)) {
      if (answer.isAbsent()) {
        return Optional.empty();
      }
      if (known != null && answer.status() == NOT_MODIFIED) {
        return Optional.of(known.bytes());
      }
      if (!answer.isOk()) {
        throw Unwanted.failure(answer);
      }
      answer.requireAsItIs();
      byte[] body = body(answer, patience);
      if (kind == Kind.LIST) {
        keep(bare, answer, body);
      }
      return Optional.of(body);
    }
  }

  private Map<String, String> conditions(@Nullable Kept known) {
    Map<String, String> headers =
        new HashMap<>(Map.of("Cache-Control", "no-cache", "Accept", kind.accepted));
    if (known != null && known.etag() != null) {
      headers.put("If-None-Match", known.etag());
    }
    if (known != null && known.lastModified() != null) {
      headers.put("If-Modified-Since", known.lastModified());
    }
    return headers;
  }

  private void keep(URI bare, Answer answer, byte[] body) {
    String etag = answer.header("ETag").filter(Validator::isSendable).orElse(null);
    String lastModified = Validator.lastModified(answer).orElse(null);
    if (etag != null || lastModified != null) {
      kept.keep(bare, Kept.of(bare, etag, lastModified, body));
    }
  }

  private byte[] body(Answer answer, Patience patience) throws WebFailure {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    IncomingBody body = answer.receive(buffers -> take(buffers, received));
    Pace pace = new Pace(window);
    try {
      patience.await(body.end(), () -> pace.look(body.received()));
      return received.toByteArray();
    } catch (ExecutionException e) {
      throw courier.failure(e);
    } finally {
      body.stop();
    }
  }

  private void take(List<ByteBuffer> buffers, ByteArrayOutputStream received) throws WebFailure {
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > kind.mostBytes - received.size()) {
        throw WebFailure.unreachable("its answer has more than " + (kind.mostBytes >> 20) + " MiB");
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      received.writeBytes(bytes);
    }
  }
}

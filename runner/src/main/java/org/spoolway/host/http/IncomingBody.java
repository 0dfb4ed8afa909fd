package org.spoolway.host.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer on its way to where it is kept. */
final class IncomingBody implements Flow.Subscriber<List<ByteBuffer>> {

  /** Where it is kept. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes the next bytes, all of them.
     *
     * @throws WebFailure when no more are wanted or can be kept
     */
    void take(List<ByteBuffer> buffers) throws WebFailure;
  }

  private final Sink sink;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile long received;
  private Flow.@Nullable Subscription subscription;

  IncomingBody(Sink sink) {
    this.sink = sink;
  }

  /**
   * Completes when all has been kept; exceptionally with a {@link WebFailure} of the sink, or with
   * what the connection says.
   */
  CompletableFuture<Void> end() {
    return end;
  }

  /** How many bytes have come so far. */
  long received() {
    return received;
  }

  /** Closes the connection unless all has come; when this returns, the sink gets nothing more. */
  synchronized void stop() {
    if (end.cancel(false) && subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (end.isDone()) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (end.isDone() || subscription == null) {
      return;
    }
    // Asked for first, so that the next bytes are read while these are written.
    subscription.request(1);
    received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    try {
      sink.take(buffers);
    } catch (WebFailure e) {
      subscription.cancel();
      end.completeExceptionally(e);
    }
  }

  @Override
  public synchronized void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public synchronized void onComplete() {
    end.complete(null);
  }
}

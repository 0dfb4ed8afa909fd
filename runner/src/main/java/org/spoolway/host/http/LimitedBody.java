package org.spoolway.host.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of an answer, up to a limit; beyond it, and when nobody will look at the body,
 * it closes the connection instead of reading on.
 */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

  static final int LIMIT = 1 << 20;

  /** The answer is larger than the limit. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("more than 1 MiB");
    }
  }

  private enum Wanted {
    BODY,
    NOTHING
  }

  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final Wanted wanted;
  private Flow.@Nullable Subscription subscription;

  private LimitedBody(Wanted wanted) {
    this.wanted = wanted;
  }

  /** For an answer whose status and headers have come. */
  static HttpResponse.BodySubscriber<byte[]> of(HttpResponse.ResponseInfo head) {
    return new LimitedBody(Verdict.isSuccess(head.statusCode()) ? Wanted.BODY : Wanted.NOTHING);
  }

  /** For an answer whose status says it all. */
  static HttpResponse.BodySubscriber<byte[]> none(HttpResponse.ResponseInfo head) {
    return new LimitedBody(Wanted.NOTHING);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (wanted == Wanted.NOTHING) {
      subscription.cancel();
      result.complete(new byte[0]);
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (result.isDone()) {
        return;
      }
      if (buffer.remaining() > LIMIT - received.size()) {
        refuse();
      } else {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        received.writeBytes(bytes);
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(received.toByteArray());
  }

  private void refuse() {
    if (subscription != null) {
      subscription.cancel();
    }
    result.completeExceptionally(new TooLargeException());
  }
}

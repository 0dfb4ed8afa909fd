package org.spoolway.host.http;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.spoolway.wording.Printable;

/** An answer whose head has come. Its body is received once or, when it is closed, not at all. */
final class Answer implements AutoCloseable {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final URI asked;
  private final URI address;
  private final HttpResponse<Flow.Publisher<List<ByteBuffer>>> response;
  private boolean taken;

  /**
   * What came.
   *
   * @param asked the address that was asked at first
   * @param address the one that it came from in the end
   */
  Answer(URI asked, URI address, HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    this.asked = asked;
    this.address = address;
    this.response = response;
  }

  int status() {
    return response.statusCode();
  }

  /** Whether there is nothing at the address. */
  boolean isAbsent() {
    return status() == NOT_FOUND || status() == GONE;
  }

  boolean isOk() {
    return status() == OK;
  }

  /** A header as it came: for people only by way of {@link #shown}. */
  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** How many bytes the body is said to have. */
  OptionalLong length() {
    return header("Content-Length").map(Numbers::parse).orElseGet(OptionalLong::empty);
  }

  /** What the server said, on one short line that no terminal obeys. */
  static String shown(String header) {
    return OneLine.of(Printable.line(header));
  }

  /** Who answered: another host is named. */
  String who() {
    return WebAddress.isSameServer(asked, address) ? "it" : shown(address.getHost());
  }

  /**
   * Refuses a body that would have to be decoded: what unfolds has no limit that its head tells.
   *
   * @throws WebFailure when it is encoded
   */
  void requireAsItIs() throws WebFailure {
    String encoding = String.join(", ", response.headers().allValues("Content-Encoding")).strip();
    if (!encoding.isEmpty() && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
      throw WebFailure.unreachable(
          who() + " answered in the encoding " + shown(encoding) + ", which was not asked for");
    }
  }

  /** Lets the body come. */
  IncomingBody receive(IncomingBody.Sink sink) {
    taken = true;
    IncomingBody body = new IncomingBody(sink);
    response.body().subscribe(body);
    return body;
  }

  /** Closes the connection of a body that nobody wants. */
  @Override
  public void close() {
    if (!taken) {
      receive(buffers -> {}).stop();
    }
  }
}

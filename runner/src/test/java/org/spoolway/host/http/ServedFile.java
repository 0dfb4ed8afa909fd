package org.spoolway.host.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spoolway.host.http.ScriptedServer.Question;

/** A file as a well-behaved server hands it out, except where it is told not to. */
final class ServedFile implements ScriptedServer.Script {

  static final String DATE = "Sun, 22 Nov 2026 10:00:00 GMT";

  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-");

  private final AtomicInteger cuts = new AtomicInteger();
  private volatile byte[] bytes;
  private volatile String validatorName = "ETag";
  private volatile String validator = "\"one\"";
  private volatile int cutAfter;

  ServedFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Has other content from now on. */
  ServedFile become(byte[] content, String etag) {
    bytes = content;
    validator = etag;
    return this;
  }

  /** Is recognised by this header instead. */
  ServedFile recognisedBy(String header, String value) {
    validatorName = header;
    validator = value;
    return this;
  }

  /** Ends the next connections after so many bytes of a body. */
  ServedFile cut(int times, int afterBytes) {
    cutAfter = afterBytes;
    cuts.set(times);
    return this;
  }

  @Override
  public void answer(Question question, OutputStream output) throws IOException {
    Matcher range = RANGE.matcher(question.header("Range").orElse(""));
    boolean isSame = question.header("If-Range").filter(validator::equals).isPresent();
    if (range.matches() && isSame) {
      int from = Integer.parseInt(range.group(1));
      if (from >= bytes.length) {
        head(output, "416 Range Not Satisfiable", 0, "Content-Range: bytes */" + bytes.length);
        return;
      }
      String part = "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length;
      head(output, "206 Partial Content", bytes.length - from, "Content-Range: " + part);
      body(output, from);
    } else if (question.header("If-None-Match").filter(validator::equals).isPresent()
        || question.header("If-Modified-Since").filter(validator::equals).isPresent()) {
      head(output, "304 Not Modified", 0);
    } else {
      head(output, "200 OK", bytes.length);
      body(output, 0);
    }
  }

  private void head(OutputStream output, String status, int length, String... more)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status, "Connection: close"));
    lines.add("Date: " + DATE);
    lines.add("Content-Length: " + length);
    if (!validatorName.isEmpty()) {
      lines.add(validatorName + ": " + validator);
    }
    lines.addAll(List.of(more));
    ScriptedServer.write(output, lines.toArray(String[]::new));
  }

  private void body(OutputStream output, int from) throws IOException {
    boolean isCut = cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    int length = bytes.length - from;
    output.write(bytes, from, isCut ? Math.min(cutAfter, length) : length);
  }
}

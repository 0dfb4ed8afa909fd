package org.spoolway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.spoolway.client.ResultReader;
import org.spoolway.schema.Result;
import org.spoolway.wording.Printable;

/** Prints a log that may still grow, and may not be there yet. */
final class LogTail {

  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final long LOOK_MILLIS = 200;
  private static final int CHUNK = 1 << 16;

  private final Path log;
  private final PrintStream out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private long position;

  LogTail(Path log, PrintStream out) {
    this.log = log;
    this.out = out;
  }

  /** Prints what there is that was not printed before. */
  void copy() throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
      CharBuffer text = CharBuffer.allocate(CHUNK);
      while (channel.read(bytes, position) > 0) {
        bytes.flip();
        decoder.reset().decode(bytes, text, false);
        position += bytes.position();
        out.print(Printable.text(text.flip()));
        text.clear();
        boolean stuck = bytes.position() == 0;
        bytes.clear();
        if (stuck) {
          break;
        }
      }
      out.flush();
    } catch (NoSuchFileException notYet) {
      return;
    }
  }

  /** Prints until the request has ended, and then what came last. */
  void follow(ResultReader results, Result request) throws IOException {
    CompletableFuture<Optional<Result>> end = new CompletableFuture<>();
    Thread waiting = new Thread(() -> await(results, request, end), "result");
    waiting.setDaemon(true);
    waiting.start();
    while (!isOver(end)) {
      copy();
    }
    copy();
  }

  private static void await(
      ResultReader results, Result request, CompletableFuture<Optional<Result>> end) {
    try {
      end.complete(results.await(request.origin(), request.id(), FOR_EVER, seen -> {}));
    } catch (IOException | InterruptedException | RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  private static boolean isOver(CompletableFuture<Optional<Result>> end) throws IOException {
    try {
      return end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS).isPresent();
    } catch (TimeoutException goesOn) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the main thread is never interrupted", e);
    }
  }
}

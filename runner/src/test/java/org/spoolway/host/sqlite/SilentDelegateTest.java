package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A delegate that its user has stopped, or that says what it likes, keeps nobody for long. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SilentDelegateTest {

  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATE = Duration.ofMinutes(1);

  @TempDir Path scratch;
  private final AtomicBoolean ended = new AtomicBoolean();

  private DelegatedDatabase answering(InputStream answers, OutputStream questions, Duration limit) {
    Delegation delegation = () -> new Delegation.Link(answers, questions, () -> ended.set(true));
    return new DelegatedDatabase(scratch.resolve("notes.db"), delegation, limit);
  }

  /** Its pipes stay open, as they do when others of its user hold them. */
  private DelegatedDatabase stopped() throws IOException {
    Pipe answers = Pipe.open();
    Pipe questions = Pipe.open();
    return answering(
        Channels.newInputStream(answers.source()),
        Channels.newOutputStream(questions.sink()),
        SOON);
  }

  @Test
  void oneThatAnswersNothingIsGivenUp() throws IOException {
    ProblemException thrown = assertThrows(ProblemException.class, stopped()::mark);
    assertEquals(Problem.SNAPSHOT_FAILED, thrown.problem());
    assertTrue(thrown.getMessage().contains("has said nothing for 0 s"), thrown.getMessage());
    assertTrue(ended.get(), "it was killed");
  }

  @Test
  void oneThatReadsNothingIsGivenUp() throws Exception {
    Path snapshot = Files.createDirectory(scratch.resolve("snapshot"));
    Path database = scratch.resolve("other.db");
    SqliteFile.create(database, "delete")
        .execute("INSERT INTO note VALUES('x', randomblob(999999))");
    new SqliteDatabase(database, Clock.systemUTC()).snapshot(snapshot);
    DelegatedDatabase stopped = stopped();
    Path aside = scratch.resolve("aside");
    ProblemException thrown =
        assertThrows(ProblemException.class, () -> stopped.restore(snapshot, aside));
    assertTrue(thrown.getMessage().contains("has said nothing"), thrown.getMessage());
    assertTrue(ended.get(), "it was killed");
  }

  /** A large database: much longer than a runner waits for a sign of life. */
  @Test
  void oneThatSaysThatItWorksIsWaitedFor() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (Beats beats = new Beats(said, Duration.ofMillis(5), () -> true)) {
      beats.begin();
      Awaitility.await().until(() -> said.size() > 3);
      beats.write(Wire.DONE);
      int size = said.size();
      DataOutputStream out = new DataOutputStream(beats);
      out.writeLong(4711);
      assertEquals(size + Long.BYTES, said.size(), "no beat within an answer");
    }
    DelegatedDatabase database =
        answering(
            new ByteArrayInputStream(said.toByteArray()), OutputStream.nullOutputStream(), LATE);
    assertEquals(2 * 4711, assertAnswer(database));
  }

  /** Somebody has put a FIFO in the place of what it opens. */
  @Test
  void oneThatWaitsForSomebodyElseSaysNothing() throws Exception {
    AtomicReference<ThreadActivity> activity = new AtomicReference<>();
    CountDownLatch never = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                activity.set(ThreadActivity.ofCaller());
                never.await();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    waiting.start();
    Awaitility.await().until(() -> activity.get() != null);
    Awaitility.await().until(() -> !activity.get().isSeen());
    assertFalse(activity.get().isSeen());
    never.countDown();
    waiting.join();
  }

  @Test
  void oneThatComputesOrReadsIsSeenAtWork() throws IOException {
    ThreadActivity activity = ThreadActivity.ofCaller();
    assertTrue(activity.isSeen());
    Files.readString(Path.of("/proc/self/status"));
    assertTrue(activity.isSeen());
  }

  private static long assertAnswer(DelegatedDatabase database) {
    try {
      return database.requireReady().bytes();
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneThatHasEndedIsSaidToHave() {
    DelegatedDatabase database =
        answering(InputStream.nullInputStream(), OutputStream.nullOutputStream(), LATE);
    ProblemException thrown = assertThrows(ProblemException.class, database::mark);
    assertTrue(thrown.getMessage().endsWith("has ended"), thrown.getMessage());
  }

  /** Without an end, and never more of it in memory than a portion. */
  @Test
  void oneThatTalksOnAndOnIsCutShort() throws IOException {
    DelegatedDatabase database = answering(new Endless(), OutputStream.nullOutputStream(), LATE);
    ProblemException thrown =
        assertThrows(
            ProblemException.class,
            () -> database.snapshot(Files.createDirectory(scratch.resolve("snapshot"))));
    assertTrue(thrown.getMessage().length() < 3000, thrown.getMessage());
    assertTrue(ended.get(), "it was killed");
  }

  /** A name, and then a content of one full portion after the other. */
  private static final class Endless extends InputStream {
    private final byte[] head;
    private long position;

    Endless() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(Wire.DONE);
      out.writeUTF(".notes.db.snapshot");
      out.writeByte(Wire.DONE);
      head = bytes.toByteArray();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length; i++) {
        bytes[offset + i] = (byte) read();
      }
      return length;
    }

    @Override
    public int read() {
      long at = position++;
      if (at < head.length) {
        return head[(int) at] & 0xff;
      }
      // The length of each portion is 0x00001000, and so is what it holds.
      return (at - head.length) % 4 == 2 ? 0x10 : 0;
    }
  }
}

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Instant;
import java.util.List;

/**
 * The least that a program on this Java can do between a dropped file and work that may start: wake
 * up, take the file out by rename and write durably that it did. It does nothing else.
 *
 * <p>{@code java Floor.java once|claim DIRECTORY} watches {@code DIRECTORY/inbox} and prints a line
 * for each file: its name and the instant. {@code once} forces one new file and its directory;
 * {@code claim} forces what a runner must before a start: the record, its directory, the inbox.
 */
final class Floor {

  private final Path inbox;
  private final Path taken;
  private final Path records;
  private final boolean claims;

  private Floor(Path directory, boolean claims) throws IOException {
    this.inbox = Files.createDirectories(directory.resolve("inbox"));
    this.taken = Files.createDirectories(directory.resolve("taken"));
    this.records = Files.createDirectories(directory.resolve("records"));
    this.claims = claims;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Floor(Path.of(args[1]), args[0].equals("claim")).work();
  }

  private void work() throws IOException, InterruptedException {
    try (WatchService events = inbox.getFileSystem().newWatchService()) {
      inbox.register(events, StandardWatchEventKinds.ENTRY_CREATE);
      System.out.println("ready");
      while (true) {
        WatchKey key = events.take();
        key.pollEvents();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(inbox, "[!.]*")) {
          for (Path name : names) {
            take(name);
          }
        }
        key.reset();
      }
    }
  }

  private void take(Path name) throws IOException {
    Path file = taken.resolve(name.getFileName());
    Files.move(name, file, StandardCopyOption.ATOMIC_MOVE);
    byte[] content = Files.readAllBytes(file);
    if (claims) {
      write(records.resolve(name.getFileName()), content);
      force(records);
      force(inbox);
    } else {
      Path written = records.resolve("." + name.getFileName());
      write(written, content);
      Files.move(written, records.resolve(name.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      force(records);
    }
    Instant now = Instant.now();
    System.out.printf("%s %d.%09d%n", name.getFileName(), now.getEpochSecond(), now.getNano());
  }

  private static void write(Path file, byte[] content) throws IOException {
    List<StandardOpenOption> fresh =
        List.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, fresh.toArray(new StandardOpenOption[0]))) {
      channel.write(ByteBuffer.wrap(content));
      channel.force(false);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

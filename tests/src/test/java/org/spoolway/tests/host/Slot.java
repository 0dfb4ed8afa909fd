package org.spoolway.tests.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.spoolway.tests.Until;

/**
 * A container's place on this machine: a number of its own among all runs of the tests, and from it
 * a name and a network of two addresses. A lock of the kernel's keeps it, so that it is free when
 * its run is dead; what such a run has left there goes before anybody takes it.
 */
final class Slot implements AutoCloseable {

  private static final Path SLOTS = Path.of("/run/spoolway-tests");
  private static final int COUNT = 64;

  /** A second channel to a lock's file would drop the lock when it is closed. */
  private static final Set<Integer> HELD = new HashSet<>();

  private final int number;
  private final Path state;
  private final FileChannel channel;

  private Slot(int number, Path state, FileChannel channel) {
    this.number = number;
    this.state = state;
    this.channel = channel;
  }

  /** Takes a free one, and clears whatever dead runs have left in any. */
  static synchronized Slot take() {
    Optional<Slot> taken = Optional.empty();
    for (int number = 0; number < COUNT; number++) {
      if (taken.isEmpty() || Files.exists(state(number))) {
        Optional<Slot> free = lock(number);
        free.ifPresent(Slot::clear);
        if (taken.isPresent()) {
          free.ifPresent(Slot::close);
        } else {
          taken = free;
        }
      }
    }
    return taken.orElseThrow(() -> new AssertionError("all " + COUNT + " containers are in use"));
  }

  private static Path state(int number) {
    return SLOTS.resolve(Integer.toString(number));
  }

  private static Optional<Slot> lock(int number) {
    if (HELD.contains(number)) {
      return Optional.empty();
    }
    try {
      Path state = Files.createDirectories(state(number));
      Path lock = state.resolve("lock");
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return Optional.empty();
      }
      HELD.add(number);
      return Optional.of(new Slot(number, state, channel));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The container's name. */
  String name() {
    return "spoolway-" + number;
  }

  /** The host's end of its network, as systemd-nspawn calls it. */
  String link() {
    return "ve-" + name();
  }

  /** The host's address in its network, out of those that RFC 2544 sets aside for tests. */
  String hostAddress() {
    return "198.18." + number + ".1";
  }

  /** The container's address. */
  String address() {
    return "198.18." + number + ".2";
  }

  /** Its cgroups. */
  Cgroups cgroups() {
    return new Cgroups(state.resolve("cgroups"));
  }

  /** A disk of its own, which goes with it. */
  Disk disk(Path directory) {
    try {
      Files.writeString(diskName(), directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Disk disk = new Disk(directory);
    disk.create();
    return disk;
  }

  private Path diskName() {
    return state.resolve("disk");
  }

  /** Ends all processes of the container and removes everything of it. */
  void clear() {
    cgroups().clear();
    awaitNoLink();
    try {
      if (Files.exists(diskName())) {
        new Disk(Path.of(Files.readString(diskName()))).delete();
      }
      Files.deleteIfExists(Path.of("/run/systemd/nspawn/propagate", name()));
      Files.deleteIfExists(diskName());
      Files.deleteIfExists(cgroups().list());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kernel removes it a moment after the last process of its network. */
  void awaitNoLink() {
    Until.isTrue(link() + " being gone", () -> Files.notExists(Path.of("/sys/class/net", link())));
  }

  /** Gives it back. */
  @Override
  public void close() {
    synchronized (Slot.class) {
      try {
        channel.close();
        HELD.remove(number);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

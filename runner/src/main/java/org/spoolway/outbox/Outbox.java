package org.spoolway.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * Messages that some channel has still to deliver, a file each, in the order in which they came. A
 * message is forced to the disk as it comes; what becomes of it is not, since a power cut then only
 * has it delivered once more. Safe for several threads.
 */
final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final String MODE = "rw-------";

  /** With more than this the oldest is given up: nobody reads so many, and a disk is finite. */
  static final int MOST = 1000;

  private final StateDir state;
  private final GivenUp givenUp;
  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private long last;
  private @Nullable Version told;

  private record Entry(Path file, String id, Instant at, Set<String> pending) {
    String name() {
      return file.getFileName().toString();
    }
  }

  /** One of them as a channel gets it. */
  record Letter(String name, Message message) {}

  /**
   * Reads what is there.
   *
   * @param channels those that the deployment file names; nothing waits for any other
   */
  Outbox(StateDir state, Collection<String> channels) throws IOException {
    this.state = state;
    this.givenUp = new GivenUp(state.givenUp());
    OutboxFiles files = new OutboxFiles(state.outbox());
    this.last = Math.max(files.lastNumber(), givenUp.lastNumber());
    for (Path file : files.inOrder()) {
      Optional<StoredMessage> stored = OutboxFiles.read(file);
      if (stored.isPresent()) {
        hold(file, stored.get(), channels);
      }
    }
    this.told = files.told().orElse(null);
  }

  private void hold(Path file, StoredMessage stored, Collection<String> channels)
      throws IOException {
    Set<String> pending = new LinkedHashSet<>(stored.pending());
    if (pending.retainAll(channels)) {
      LOG.warn(
          "{} waits for {}, but the deployment file names only {}",
          file,
          stored.pending(),
          channels);
    }
    Message message = stored.message();
    Entry entry = new Entry(file, message.id(), message.at(), pending);
    entries.put(entry.name(), entry);
    settle(entry, message);
  }

  /**
   * Takes a message. When this returns it survives a power cut. One that is here already, since a
   * crash came before its result was told, is written anew: if forcing it failed then, it is void.
   */
  synchronized void add(Message message, Collection<String> channels) throws IOException {
    Optional<Entry> before =
        entries.values().stream().filter(e -> e.id().equals(message.id())).findFirst();
    if (before.isPresent()) {
      write(before.get(), message);
      return;
    }
    while (entries.size() >= MOST) {
      giveUpWhole(entries.firstEntry().getValue());
    }
    long number = last + 1;
    Path file = OutboxFiles.file(state.outbox(), number);
    Entry entry = new Entry(file, message.id(), message.at(), new LinkedHashSet<>(channels));
    write(entry, message);
    last = number;
    entries.put(entry.name(), entry);
    notifyAll();
  }

  private static void write(Entry entry, Message message) throws IOException {
    StoredMessage stored = new StoredMessage(message, List.copyOf(entry.pending()));
    DurableFiles.replace(entry.file(), SchemaJson.pretty(stored), MODE);
  }

  private void giveUpWhole(Entry entry) throws IOException {
    LOG.error(
        "more than {} messages wait; giving up {} for {}", MOST, entry.file(), entry.pending());
    givenUp.keep(entry.file());
    entries.remove(entry.name());
  }

  /** The oldest message that a channel has still to deliver. */
  synchronized Optional<Letter> next(String channel) throws IOException {
    for (Entry entry : List.copyOf(entries.values())) {
      if (entry.pending().contains(channel)) {
        Optional<StoredMessage> stored = OutboxFiles.read(entry.file());
        if (stored.isPresent()) {
          return Optional.of(new Letter(entry.name(), stored.get().message()));
        }
        entries.remove(entry.name());
      }
    }
    return Optional.empty();
  }

  /** A channel has delivered a message. */
  synchronized void delivered(Letter letter, String channel) throws IOException {
    Entry entry = entries.get(letter.name());
    if (entry != null && entry.pending().remove(channel)) {
      settle(entry, letter.message());
    }
    notifyAll();
  }

  /** A channel will not deliver a message; it is kept aside. */
  synchronized void giveUp(Letter letter, String channel) throws IOException {
    Entry entry = entries.get(letter.name());
    if (entry != null && entry.pending().contains(channel)) {
      givenUp.keep(letter, channel);
      entry.pending().remove(channel);
      settle(entry, letter.message());
    }
    notifyAll();
  }

  /** The file follows; should it fail, a restart has the message delivered once more. */
  private void settle(Entry entry, Message message) throws IOException {
    if (entry.pending().isEmpty()) {
      entries.remove(entry.name());
      Files.deleteIfExists(entry.file());
    } else {
      StoredMessage stored = new StoredMessage(message, List.copyOf(entry.pending()));
      DurableFiles.publish(entry.file(), SchemaJson.pretty(stored), MODE);
    }
  }

  /** The newest release that people were told of. */
  synchronized @Nullable Version told() {
    return told;
  }

  /** People are told of a release; lost in a power cut, they are told of it once more. */
  synchronized void tell(Version version) throws IOException {
    OutboxFiles.tell(state.outbox(), version);
    told = version;
  }

  /** What waits, and since when. */
  record Backlog(int messages, @Nullable Instant since, int givenUp) {}

  synchronized Backlog backlog() throws IOException {
    Instant since = entries.values().stream().map(Entry::at).min(Instant::compareTo).orElse(null);
    return new Backlog(entries.size(), since, givenUp.size());
  }

  /** Whether a channel has something to deliver. */
  synchronized boolean hasFor(String channel) {
    return entries.values().stream().anyMatch(entry -> entry.pending().contains(channel));
  }

  /** Waits until something is so; looked at whenever something has changed here. */
  synchronized void await(BooleanSupplier something) {
    try {
      while (!something.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }

  /** Has whoever waits look again. */
  synchronized void disturb() {
    notifyAll();
  }
}

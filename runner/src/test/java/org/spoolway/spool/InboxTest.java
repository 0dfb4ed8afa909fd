package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

  @TempDir Path directory;
  private Instant arrival;

  @BeforeEach
  void drop() throws IOException {
    Files.createFile(directory.resolve("check"));
    arrival = Instant.now();
  }

  private Inbox.Listing list(Instant... times) throws IOException {
    Iterator<Instant> next = List.of(times).iterator();
    InstantSource source = next::next;
    return new Inbox(directory).list(10, source.withZone(ZoneOffset.UTC));
  }

  private Instant later(int hours) {
    return arrival.plus(Duration.ofHours(hours));
  }

  @Test
  void whatComesWhileOthersAreListedIsLeftToTheNextListing() throws IOException {
    Inbox.Listing listing = list(later(-1), later(1));
    assertEquals(List.of(), listing.entries());
    assertEquals(1, listing.late());
  }

  @Test
  void whatCannotBeMovedTakesNobodysPlace() throws IOException {
    Files.createFile(directory.resolve("1700000000-check"));
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      Inbox.Listing listing =
          new Inbox.Survey(names, name -> name.endsWith("1700000000-check"), 1, Clock.systemUTC())
              .goOn(() -> false)
              .orElseThrow();
      assertEquals(1, listing.entries().size());
      assertEquals(0, listing.more());
      assertEquals(1, listing.ignored());
    }
  }

  @Test
  void aListingThatOthersHaveToWaitForIsDoneInTurns() throws IOException {
    for (int i = 0; i < 1000; i++) {
      Files.createFile(directory.resolve(String.format("1700%06d-check", i)));
    }
    Clock after = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      Inbox.Survey survey = new Inbox.Survey(names, any -> false, 10, after);
      int turns = 1;
      Optional<Inbox.Listing> whole = survey.goOn(() -> true);
      while (whole.isEmpty()) {
        whole = survey.goOn(() -> true);
        turns++;
      }
      assertEquals(4, turns);
      assertEquals(new Inbox(directory).list(10, after).entries(), whole.get().entries());
      assertEquals(991, whole.get().more());
    }
  }

  @Test
  void whatIsThereBeforeIsListed() throws IOException {
    Inbox.Listing listing = list(later(1));
    assertEquals(1, listing.entries().size());
    assertEquals(0, listing.late());
  }

  @Test
  void afterTheClockWasSetBackAnArrivalCountsAsNow() throws IOException {
    Inbox.Listing listing = list(later(-2), later(-1));
    assertEquals(later(-2), listing.entries().get(0).arrival());
    assertEquals(0, listing.late());
  }

  @Test
  void aClockThatStandsStillHidesNothing() throws IOException {
    Clock still = Clock.fixed(later(-1), ZoneOffset.UTC);
    assertEquals(1, new Inbox(directory).list(10, still).entries().size());
  }
}

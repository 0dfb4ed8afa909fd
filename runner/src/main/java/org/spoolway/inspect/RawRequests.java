package org.spoolway.inspect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spoolway.host.Accounts;
import org.spoolway.inspect.Waiting.State;
import org.spoolway.layout.EntryName;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.Ticket;
import org.spoolway.spool.Inbox;

/** Requests that no runner has understood yet. They are never opened, for they may be anything. */
final class RawRequests {

  /** Of a fuller inbox only the first are looked at; the rest are counted. */
  private static final int MOST_OF_AN_INBOX = 1000;

  private final String deployment;
  private final SpoolDir spool;
  private final Accounts accounts;

  RawRequests(String deployment, SpoolDir spool, Accounts accounts) {
    this.deployment = deployment;
    this.spool = spool;
    this.accounts = accounts;
  }

  /** Those that were taken from their inboxes and have no journal. */
  List<Waiting> claimed(Set<String> ticketsWithJournal, Sight sight) throws IOException {
    List<Waiting> claimed = new ArrayList<>();
    for (Path claim : sight.children(spool.processing())) {
      String name = claim.getFileName().toString();
      Optional<Ticket> ticket = Ticket.parse(name);
      if (ticket.isPresent() && !ticketsWithJournal.contains(name)) {
        for (Path file : sight.children(claim)) {
          Optional<EntryName> meaning = EntryName.parse(file.getFileName().toString());
          if (meaning.isPresent()) {
            describe(
                    ticket.get().origin(),
                    file,
                    meaning.get(),
                    ticket.get().claimedAt(),
                    State.CLAIMED)
                .ifPresent(claimed::add);
          }
        }
      }
    }
    return claimed;
  }

  /**
   * Adds those in the inboxes.
   *
   * @return how many more there are
   */
  int addInboxes(List<Waiting> requests, Instant now, Sight sight) throws IOException {
    int more = 0;
    for (Path directory : sight.children(spool.inboxes())) {
      String origin = directory.getFileName().toString();
      try {
        Inbox.Listing listing =
            new Inbox(directory).list(MOST_OF_AN_INBOX, Clock.fixed(now, ZoneOffset.UTC));
        for (Inbox.Entry entry : listing.entries()) {
          describe(origin, entry.path(), entry.meaning(), entry.arrival(), State.INBOX)
              .ifPresent(requests::add);
        }
        more += listing.more();
      } catch (AccessDeniedException denied) {
        sight.denied(directory);
      }
    }
    return more;
  }

  private Optional<Waiting> describe(
      String origin, Path file, EntryName meaning, Instant arrival, State state)
      throws IOException {
    try {
      int uid = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new Waiting(
              deployment,
              origin,
              null,
              file.getFileName().toString(),
              meaning.action(),
              meaning.version(),
              accounts.userName(uid),
              arrival,
              state,
              null,
              null));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }
}

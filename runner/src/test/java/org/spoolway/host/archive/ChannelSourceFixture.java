package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.spoolway.channel.MadeChannel.role;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.spoolway.channel.ChannelFile.Change;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.channel.MadeChannel;
import org.spoolway.durable.Checksum;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.trust.Minisign;

/** A channel in a directory and on a server, whose makers are alice and, later, bob. */
abstract class ChannelSourceFixture extends ArchiveSourceFixture {

  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  MadeChannel made;
  Minisign bob;
  Path anchor;
  Instant now = NOW;

  @BeforeEach
  void begin() throws Exception {
    bob = Minisign.makeKey(directory.resolve("keys"), "bob");
    made = new MadeChannel(releases.path());
    Path root = made.root(1, role(1, alice), role(1, alice), alice);
    anchor = Files.copy(root, directory.resolve("notes.root.json"));
    Files.createDirectories(state.path());
  }

  /** A source as after a restart. */
  ArchiveSource channel(Where where) {
    String url =
        where == Where.DIRECTORY ? releases.path().toUri().toString() : DirectoryWeb.ADDRESS;
    return ArchiveSource.ofChannel(
        place(url), anchor, state, web, Clock.fixed(now, ZoneOffset.UTC));
  }

  Release release(String version) throws IOException {
    return release(version, FILES);
  }

  Release release(String version, Map<String, String> files) throws IOException {
    Path archive = releases.publish(version, ArchiveFormat.TAR_GZIP, files, "not signed");
    return new Release(
        new Version(version),
        archive.getFileName().toString(),
        Checksum.of(archive),
        Files.size(archive),
        null,
        null,
        null,
        null,
        List.of(new Change("A search", null), new Change("No tracking", "asked for")),
        null);
  }

  void list(long counter, Release... all) throws IOException {
    made.channel(counter, List.of(all), alice);
  }

  static void fetch(ArchiveSource source, Candidate candidate) throws ProblemException {
    source.fetch(candidate, Progress.NONE, new Interruption());
  }

  ProblemException refusal(Problem problem, Executable work) {
    ProblemException refused = assertThrows(ProblemException.class, work::run);
    assertEquals(problem, refused.problem(), refused.getMessage());
    return refused;
  }
}

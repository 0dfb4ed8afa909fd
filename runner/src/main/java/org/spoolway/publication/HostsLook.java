package org.spoolway.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.channel.ChannelTrust;
import org.spoolway.channel.RefusedFileException;
import org.spoolway.channel.RootFile;
import org.spoolway.durable.Checksum;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.MinisignKey;

/** Looks at a channel's directory as a host will, from the root that it begins with. */
public final class HostsLook {

  /** What expires sooner is warned of. */
  private static final Duration SOON = Duration.ofDays(7);

  private final ChannelDirectory directory;
  private final Path path;

  /** A look at a directory. */
  public HostsLook(Path path) {
    this.path = path;
    this.directory = new ChannelDirectory(path);
  }

  /**
   * What hosts will see.
   *
   * @param root the newest, whose word counts
   * @param channel the list of releases that they will believe
   * @param signers by whom it is signed
   * @param present the files of releases that lie here, and are what the list says
   * @param warnings what will soon be in the way, each a sentence
   */
  public record Sight(
      RootFile root,
      ChannelFile channel,
      List<String> signers,
      List<String> present,
      List<String> warnings) {}

  /**
   * Goes the way that a host goes.
   *
   * @param anchor the root with which it begins
   * @throws ProblemException at the first thing that it would not believe
   */
  public Sight from(Path anchor, Instant now) throws IOException, ProblemException {
    ChannelTrust trust = newest(anchor);
    requireCounting(trust.root(), now);
    ChannelTrust.Accepted accepted;
    try {
      accepted = trust.accept(directory.signed(ChannelFile.NAME), now);
    } catch (RefusedFileException e) {
      throw refused(
          e,
          e.kind() == RefusedFileException.Kind.EXPIRED
              ? "Renew it with `spoolway channel renew " + path + "`, then sign it."
              : directory.signing(ChannelFile.NAME));
    }
    List<String> present = new ArrayList<>();
    for (Release release : accepted.channel().releases()) {
      if (isHere(release)) {
        present.add(release.file());
      }
    }
    RootFile root = trust.root();
    return new Sight(
        root,
        accepted.channel(),
        accepted.signers().stream().map(MinisignKey::name).toList(),
        present,
        warnings(root, accepted.channel(), now));
  }

  private ChannelTrust newest(Path anchor) throws IOException, ProblemException {
    RootFile first = ChannelDirectory.root(anchor);
    ChannelTrust trust = ChannelTrust.in(Checksum.of(anchor), first);
    for (String next = following(trust);
        Files.exists(path.resolve(next));
        next = following(trust)) {
      try {
        trust = trust.follow(directory.signed(next));
      } catch (RefusedFileException e) {
        throw refused(
            e,
            "Sign it with the keys of %s and with its own: `spoolway channel sign %s --key SECRET`."
                .formatted(RootFile.name(trust.root().version()), path.resolve(next)));
      }
    }
    return trust;
  }

  private static String following(ChannelTrust trust) {
    return RootFile.name(trust.root().version() + 1);
  }

  private void requireCounting(RootFile root, Instant now) throws ProblemException {
    if (!now.isBefore(root.expires())) {
      throw new ProblemException(
          Problem.SIGNATURE_REFUSED,
          "cannot trust the channel: %s has expired at %s"
              .formatted(RootFile.name(root.version()), root.expires()),
          "Make the next one with `spoolway channel rotate " + path + "`, then sign it.",
          null);
    }
  }

  private static ProblemException refused(RefusedFileException reason, String fix) {
    return new ProblemException(
        Problem.SIGNATURE_REFUSED, "cannot trust the channel: " + reason.observed(), fix, reason);
  }

  private boolean isHere(Release release) throws IOException, ProblemException {
    Path archive = path.resolve(release.file());
    if (!Files.exists(archive)) {
      return false;
    }
    long length = Files.size(archive);
    if (length != release.length()) {
      throw changed(
          release, "it has %d bytes, and was added with %d".formatted(length, release.length()));
    }
    String sha256 = Checksum.of(archive);
    if (!sha256.equals(release.sha256())) {
      throw changed(release, "its SHA-256 is %s, and was %s".formatted(sha256, release.sha256()));
    }
    return true;
  }

  private static ProblemException changed(Release release, String observed) {
    return new ProblemException(
        Problem.TAG_MOVED,
        "cannot publish " + release.file() + ": " + observed,
        "Put the archive back that was added as "
            + release.version()
            + "; what is new in this one belongs in another version.",
        null);
  }

  private List<String> warnings(RootFile root, ChannelFile channel, Instant now) {
    List<String> warnings = new ArrayList<>();
    if (isSoon(root.expires(), now)) {
      warnings.add(
          "%s expires at %s: `spoolway channel rotate %s` makes the next one, to be signed."
              .formatted(RootFile.name(root.version()), root.expires(), path));
    }
    if (isSoon(channel.expires(), now)) {
      warnings.add(
          "%s expires at %s: `spoolway channel renew %s` makes the next one, to be signed."
              .formatted(ChannelFile.NAME, channel.expires(), path));
    }
    return warnings;
  }

  private static boolean isSoon(Instant expires, Instant now) {
    return expires.isBefore(now.plus(SOON));
  }
}

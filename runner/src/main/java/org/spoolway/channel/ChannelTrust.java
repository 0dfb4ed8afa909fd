package org.spoolway.channel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.SchemaJson.Malformed;
import org.spoolway.trust.MinisignKey;
import org.spoolway.wording.Quoted;

/**
 * What a host has come to believe of a channel, and the rules by which it believes more. They are
 * those of <a href="https://theupdateframework.github.io/specification/latest/">The Update
 * Framework</a>, with one file in place of its three below the root:
 *
 * <ul>
 *   <li>rollback: a counter never falls below the highest of any key that still counts (5.4.3.1);
 *   <li>freeze: nothing counts after its expiry (5.3.10, 5.4.4);
 *   <li>mix and match: one file tells all releases, each with hash and length;
 *   <li>fast forward: the counters of a key that was exchanged are forgotten (5.3.11);
 *   <li>key compromise: as many keys as the root asks for must have signed, and the root of before
 *       must have signed who comes next, one after the other (5.3.4, 5.3.5).
 * </ul>
 *
 * @param anchor the hash of the root that the administrator named, from which this was come to
 * @param root whose word counts now
 * @param floors for each key the highest counter that it has signed here
 * @param latest what was believed last, or null
 */
public record ChannelTrust(
    String anchor, RootFile root, Map<String, Long> floors, @Nullable Latest latest) {

  /**
   * What was believed last.
   *
   * @param counter its number
   * @param sha256 its content
   */
  public record Latest(long counter, String sha256) {}

  /** What is believed once a {@code channel.json} was. */
  public record Accepted(ChannelTrust trust, ChannelFile channel, List<MinisignKey> signers) {}

  /**
   * Begins with the root that the administrator names, whose word is not doubted.
   *
   * @param anchor its hash
   */
  public static ChannelTrust in(String anchor, RootFile root) {
    return new ChannelTrust(anchor, root, Map.of(), null);
  }

  /**
   * The same once the administrator has named another root: what was seen before stays seen.
   *
   * @param newAnchor its hash
   */
  public ChannelTrust anchoredAt(String newAnchor, RootFile newRoot) {
    return new ChannelTrust(newAnchor, newRoot, floors, latest);
  }

  /** This, or what another process has come to believe from the same anchor, whichever is later. */
  public ChannelTrust orLater(ChannelTrust other) {
    ChannelTrust newer = other.root.version() > root.version() ? other : this;
    Map<String, Long> highest = new TreeMap<>(floors);
    other.floors.forEach((key, floor) -> highest.merge(key, floor, Math::max));
    return new ChannelTrust(anchor, newer.root, newer.known(highest), later(latest, other.latest));
  }

  private static @Nullable Latest later(@Nullable Latest one, @Nullable Latest other) {
    return one == null || (other != null && other.counter() > one.counter()) ? other : one;
  }

  /**
   * Goes on to the next root.
   *
   * @param next its file
   * @throws RefusedFileException when it is not the next one, or the keys of before or its own have
   *     not signed it
   */
  public ChannelTrust follow(SignedFile next) throws RefusedFileException {
    next.requireSignedBy(root.root());
    RootFile successor;
    try {
      successor = RootFile.parse(next.content());
    } catch (Malformed e) {
      throw RefusedFileException.untrue(next.name() + " is no root: " + e.getMessage());
    }
    next.requireSignedBy(successor.root());
    requireApplication(next, successor.application());
    if (successor.version() != root.version() + 1) {
      throw RefusedFileException.untrue(
          next.name() + " is version " + successor.version() + " in truth");
    }
    ChannelTrust followed = new ChannelTrust(anchor, successor, floors, latest);
    return new ChannelTrust(anchor, successor, followed.known(floors), latest);
  }

  /** Those of keys that count: what a key has signed that was exchanged is forgotten. */
  private Map<String, Long> known(Map<String, Long> all) {
    Set<String> ids = root.channel().ids();
    return all.entrySet().stream()
        .filter(floor -> ids.contains(floor.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Believes a {@code channel.json}.
   *
   * @param now by which it is judged whether it has expired
   * @throws RefusedFileException when it cannot be believed
   */
  public Accepted accept(SignedFile file, Instant now) throws RefusedFileException {
    requireInTime(RootFile.name(root.version()), root.expires(), now);
    List<MinisignKey> signers = file.requireSignedBy(root.channel());
    ChannelFile channel;
    try {
      channel = ChannelFile.parse(file.content());
    } catch (Malformed e) {
      throw RefusedFileException.untrue(file.name() + " is no list of releases: " + e.getMessage());
    }
    requireApplication(file, channel.application());
    requireNotOlder(file, channel.counter());
    requireInTime(file.name(), channel.expires(), now);
    Map<String, Long> risen = new TreeMap<>(floors);
    signers.forEach(key -> risen.put(key.id(), channel.counter()));
    Latest seen = new Latest(channel.counter(), file.sha256());
    return new Accepted(new ChannelTrust(anchor, root, risen, seen), channel, signers);
  }

  private void requireApplication(SignedFile file, String application) throws RefusedFileException {
    if (!application.equals(root.application())) {
      throw RefusedFileException.untrue(
          file.name()
              + " is of "
              + Quoted.of(application)
              + ", not of "
              + Quoted.of(root.application()));
    }
  }

  private void requireNotOlder(SignedFile file, long counter) throws RefusedFileException {
    long floor = known(floors).values().stream().mapToLong(Long::longValue).max().orElse(0);
    if (counter < floor) {
      throw RefusedFileException.untrue(
          "%s is number %d, and number %d was here before".formatted(file.name(), counter, floor));
    }
    if (counter == floor
        && latest != null
        && latest.counter() == counter
        && !latest.sha256().equals(file.sha256())) {
      throw RefusedFileException.untrue(
          "%s is another number %d than the one that was here before"
              .formatted(file.name(), counter));
    }
  }

  private static void requireInTime(String name, Instant expires, Instant now)
      throws RefusedFileException {
    if (!now.isBefore(expires)) {
      throw new RefusedFileException(
          RefusedFileException.Kind.EXPIRED, name + " has expired at " + expires);
    }
  }
}

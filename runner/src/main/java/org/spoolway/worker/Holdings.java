package org.spoolway.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.History;
import org.spoolway.deployment.ReleaseStore;
import org.spoolway.deployment.Snapshots;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.FreeBytes;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.spool.Access;
import org.spoolway.step.Site;

/**
 * What a deployment holds, what it could get, what ran here and who may ask for what, as {@code
 * status.json} tells it. Since that is written at every step, releases, snapshots and history are
 * read only after something that may have changed them, and a release, which is sealed, is measured
 * once. What cannot be read is told as if it were not there. Not safe for several threads.
 */
final class Holdings {

  private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);

  private final Site site;
  private final Map<Sealed, Long> sizes = new HashMap<>();
  private boolean outdated = true;
  private List<Sealed> sealed = List.of();
  private List<Status.Snapshot> snapshots = List.of();
  private List<Status.Past> history = List.of();

  /** One seal; a version that is built anew has another. */
  private record Sealed(Version version, Instant at) {}

  private interface Reading<T> {
    List<T> read() throws IOException;
  }

  /**
   * @param toldBefore what an earlier runner has measured, so that a start measures nothing anew
   */
  Holdings(Site site, List<Status.Release> toldBefore) {
    this.site = site;
    toldBefore.forEach(
        release ->
            sizes.put(new Sealed(release.version(), release.installedAt()), release.bytes()));
  }

  /** Something may have changed. */
  void lookAgain() {
    outdated = true;
  }

  /** What each origin may ask for. */
  Map<String, Status.Origin> origins() {
    Map<String, Status.Origin> origins = new TreeMap<>();
    site.deployment()
        .origins()
        .forEach((name, origin) -> origins.put(name, new Status.Origin(Access.open(origin))));
    return origins;
  }

  /**
   * What the last check found, as far as it is newer than the live release; null before the first
   * check.
   */
  Status.@Nullable Available available(@Nullable Version live) {
    try {
      byte[] content = Files.readAllBytes(site.state().available());
      Status.Available found = SchemaJson.state(content, Status.Available.class);
      boolean isOld = hasChanged(found.checkedAt());
      Status.Found auto = isOld ? null : found.auto();
      Predicate<Version> isNews = version -> live == null || version.isNewerThan(live);
      if (found.version() == null || !isNews.test(found.version())) {
        String why = found.version() == null && !isOld ? found.why() : null;
        return new Status.Available(null, List.of(), found.checkedAt(), why, auto);
      }
      return new Status.Available(
          found.version(),
          found.changes().stream().filter(change -> isNews.test(change.version())).toList(),
          found.checkedAt(),
          found.why(),
          auto);
    } catch (IOException | SchemaJson.Malformed none) {
      return null;
    }
  }

  /** Whether a job has changed what is here, or tried to. */
  private boolean hasChanged(Instant since) {
    return history().stream().anyMatch(past -> past.finishedAt().isAfter(since));
  }

  /**
   * The releases that are here whole, newest version first.
   *
   * @param live the one that serves, or null
   */
  List<Status.Release> releases(@Nullable Version live) {
    look();
    return sealed.stream().map(one -> release(one, live)).toList();
  }

  /** The copies of the data, newest first. */
  List<Status.Snapshot> snapshots() {
    look();
    return snapshots;
  }

  /** The last jobs that changed the deployment or tried to, newest first. */
  List<Status.Past> history() {
    look();
    return history;
  }

  /** What room there is by now, or null when that cannot be told. */
  Status.@Nullable Room room() {
    try {
      return new Status.Room(FreeBytes.of(site.rootOrAbove()));
    } catch (IOException e) {
      LOG.warn("cannot tell how much room {} has: {}", site.deployment().root(), e.toString());
      return null;
    }
  }

  private void look() {
    if (outdated) {
      outdated = false;
      sealed = read("releases", this::readReleases);
      snapshots =
          read("snapshots", () -> site.snapshots().all().stream().map(Holdings::told).toList());
      history =
          read(
              "history",
              () -> site.history().last(Status.HISTORY).stream().map(Holdings::told).toList());
    }
  }

  private <T> List<T> read(String what, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot tell the {} of {}: {}", what, site.deployment().name(), e.toString());
      return List.of();
    }
  }

  private List<Sealed> readReleases() throws IOException {
    List<Sealed> found = new ArrayList<>();
    ReleaseStore store = site.releases();
    for (Version version : store.sealed()) {
      try {
        Sealed one = new Sealed(version, store.sealedAt(version));
        if (!sizes.containsKey(one)) {
          sizes.put(one, Trees.bytes(store.directory(version)));
        }
        found.add(one);
      } catch (NoSuchFileException going) {
        LOG.debug("release {} is being removed: {}", version, going.toString());
      }
    }
    sizes.keySet().retainAll(found);
    return List.copyOf(found);
  }

  private Status.Release release(Sealed one, @Nullable Version live) {
    long bytes = Objects.requireNonNull(sizes.get(one), "it was measured");
    boolean isLive = Optional.of(one.version()).equals(Optional.ofNullable(live));
    return new Status.Release(one.version(), isLive, one.at(), bytes);
  }

  private static Status.Snapshot told(Snapshots.Snapshot snapshot) {
    return new Status.Snapshot(
        snapshot.name(),
        snapshot.version(),
        snapshot.reason(),
        snapshot.createdAt(),
        snapshot.bytes());
  }

  /** Without the names of people: visitors of a closed site see this. */
  private static Status.Past told(History.Entry entry) {
    return new Status.Past(
        entry.id(),
        entry.origin(),
        entry.action(),
        entry.state(),
        entry.from(),
        entry.to(),
        entry.startedAt(),
        entry.finishedAt(),
        entry.downtimeMillis());
  }
}

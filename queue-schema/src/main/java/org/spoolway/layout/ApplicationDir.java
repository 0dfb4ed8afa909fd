package org.spoolway.layout;

import java.nio.file.Path;
import java.util.Set;

/**
 * The application's directories.
 *
 * <pre>
 * current -> releases/3.1.0    the single truth about what is live
 * releases/3.1.0/              immutable once its manifest exists
 * releases/3.2.0.partial       being unpacked, or a file being copied for it; never used
 * shared/                      configuration and uploads, linked into each release
 * snapshots/NAME/              restorable copies of the data; the runner's alone
 * rehearsal/                   exists while a release is tried on a copy of the data
 * .spoolway-candidate/         exists while a program is asked for its version by another account
 * maintenance                  exists while users should see the maintenance page
 * handover                     exists while a release of Spoolway itself has still to prove itself
 * handover.back                what current would lead to again
 * </pre>
 *
 * @param root the deployment's {@code root}
 */
public record ApplicationDir(Path root) {

  private static final String CURRENT = "current";
  private static final String RELEASES = "releases";
  private static final String SHARED = "shared";
  private static final String SNAPSHOTS = "snapshots";
  private static final String REHEARSAL = "rehearsal";
  private static final String CANDIDATE = ".spoolway-candidate";
  private static final String MAINTENANCE = "maintenance";
  private static final String HANDOVER = "handover";
  private static final String HANDOVER_BACK = "handover.back";
  private static final String PARTIAL = ".partial";

  /** All names that Spoolway itself puts right in the root. */
  public static final Set<String> NAMES =
      Set.of(
          CURRENT,
          RELEASES,
          SHARED,
          SNAPSHOTS,
          REHEARSAL,
          CANDIDATE,
          MAINTENANCE,
          HANDOVER,
          HANDOVER_BACK);

  /** The link to the live release. */
  public Path current() {
    return root.resolve(CURRENT);
  }

  /** The parent of all releases. */
  public Path releases() {
    return root.resolve(RELEASES);
  }

  /** One release. */
  public Path release(String version) {
    return releases().resolve(version);
  }

  /** Where a release is unpacked before it is renamed to {@link #release}. */
  public Path partialRelease(String version) {
    return partial(release(version));
  }

  /** What is made for a release before it is renamed to it, or into it. */
  public static Path partial(Path release) {
    return release.resolveSibling(release.getFileName() + PARTIAL);
  }

  /** Whether a name below {@link #releases} is an unfinished release. */
  public static boolean isPartial(String name) {
    return name.endsWith(PARTIAL);
  }

  /** The manifest that seals a release. */
  public static Path manifest(Path release) {
    return release.resolve(".spoolway-manifest");
  }

  /** What the live link holds: relative, so that the whole root can be moved. */
  public static Path linkTarget(String version) {
    return Path.of(RELEASES, version);
  }

  /** What outlives releases. */
  public Path shared() {
    return root.resolve(SHARED);
  }

  /** The parent of all snapshots. */
  public Path snapshots() {
    return root.resolve(SNAPSHOTS);
  }

  /** One snapshot. */
  public Path snapshot(String name) {
    return snapshots().resolve(name);
  }

  /** Where a release is tried on a copy of the data. */
  public Path rehearsal() {
    return root.resolve(REHEARSAL);
  }

  /** Where a program is asked for its version by another account, which cannot enter the state. */
  public Path candidate() {
    return root.resolve(CANDIDATE);
  }

  /** Exists while users should see the maintenance page. */
  public Path maintenance() {
    return root.resolve(MAINTENANCE);
  }

  /** The link that takes the place of {@link #current} when a runner is put back. */
  public Path handoverBack() {
    return root.resolve(HANDOVER_BACK);
  }

  /** What is known of a runner that has still to prove itself. */
  public Path handover() {
    return root.resolve(HANDOVER);
  }
}

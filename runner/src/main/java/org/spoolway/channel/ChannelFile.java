package org.spoolway.channel;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.SchemaJson.Malformed;
import org.spoolway.schema.Version;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.wording.Quoted;

/**
 * Which releases an application has: {@code channel.json}. It tells all of them at once, so that
 * nobody can put together those of different times.
 *
 * @param schema {@link #SCHEMA}
 * @param application as in {@link RootFile}
 * @param counter rises with each one that is published
 * @param expires from when on it counts no more
 * @param releases in no particular order
 */
public record ChannelFile(
    String schema, String application, long counter, Instant expires, List<Release> releases) {

  /** What it is called. */
  public static final String NAME = "channel.json";

  /** The only form so far. */
  public static final String SCHEMA = "spoolway/channel/v1";

  /** All hosts. */
  public static final int WHOLE_RING = 100;

  /** What needs no quoting in an address, and leads nowhere else. */
  private static final Pattern NAME_OF_FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}");

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** What {@code migrations} can be, where it is said. */
  public static final List<String> MIGRATIONS = List.of("none", "expand", "any");

  /**
   * One release.
   *
   * @param file the archive's name
   * @param sha256 of the archive, in hex
   * @param length of the archive, in bytes
   * @param from the lowest version from which it can be reached, or null for any
   * @param schemaHead the last of its migrations, or null when nothing is said of it
   * @param migrations {@code none} when it has none, otherwise what {@code release.json} says of
   *     them; or null when nothing is said of it
   * @param ring how many hosts of a hundred it is for so far, or null for all
   * @param changes what is new in it
   * @param yanked why nobody should take it any more, or null
   */
  public record Release(
      Version version,
      String file,
      String sha256,
      long length,
      @Nullable Version from,
      @Nullable String schemaHead,
      @Nullable String migrations,
      @Nullable Integer ring,
      List<Change> changes,
      @Nullable String yanked) {

    /** How many hosts of a hundred it is for so far. */
    public int hosts() {
      return ring == null ? WHOLE_RING : ring;
    }

    /**
     * The same content for other hosts.
     *
     * @param newRing as above
     * @param newYanked as above
     */
    Release offered(@Nullable Integer newRing, @Nullable String newYanked) {
      return new Release(
          version, file, sha256, length, from, schemaHead, migrations, newRing, changes, newYanked);
    }

    private void require() throws Malformed {
      refuseUnless(
          ArchiveFormat.of(file).isPresent() && NAME_OF_FILE.matcher(file).matches(), "file", file);
      refuseUnless(HASH.matcher(sha256).matches(), "sha256", sha256);
      refuseUnless(length > 0, "length", length);
      refuseUnless(ring == null || (ring >= 0 && ring <= WHOLE_RING), "ring", ring);
      refuseUnless(migrations == null || MIGRATIONS.contains(migrations), "migrations", migrations);
    }

    private void refuseUnless(boolean right, String key, @Nullable Object value) throws Malformed {
      if (!right) {
        throw new Malformed(
            "of " + version + " " + Quoted.of(key) + " is " + Quoted.of(String.valueOf(value)));
      }
    }
  }

  /**
   * A change.
   *
   * @param text what is new
   * @param reason why, or null
   */
  public record Change(String text, @Nullable String reason) {}

  /** What it says of a version, or empty. */
  public Optional<Release> release(Version version) {
    return releases.stream().filter(release -> release.version().equals(version)).findAny();
  }

  /**
   * Reads one; nothing of it can be believed yet.
   *
   * @throws Malformed when it is none
   */
  public static ChannelFile parse(byte[] content) throws Malformed {
    ChannelFile file = SchemaJson.published(content, ChannelFile.class, SCHEMA);
    if (file.counter < 1) {
      throw new Malformed("its counter is " + file.counter + ", not 1 or more");
    }
    Set<Version> versions = new HashSet<>();
    for (Release release : file.releases) {
      release.require();
      if (!versions.add(release.version())) {
        throw new Malformed("it has version " + release.version() + " twice");
      }
    }
    return file;
  }
}

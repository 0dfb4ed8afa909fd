package org.spoolway.host.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** What JGit keeps once for the whole process. */
final class JGitSettings {

  private static final int CACHE_BYTES = 4 << 20;
  private static final int WINDOW_BYTES = 16 << 10;
  private static final int OPEN_PACKS = 32;
  private static final int BYTES_HELD_WHOLE = 8 << 20;

  private static boolean installed;

  private JGitSettings() {}

  /** Isolates JGit and keeps its caches small, before its first use; may be repeated. */
  static synchronized void install() {
    if (installed) {
      return;
    }
    installed = true;
    SshSignatures.install();
    SystemReader.setInstance(new IsolatedSystem(SystemReader.getInstance()));
    WindowCacheConfig cache = new WindowCacheConfig();
    cache.setPackedGitLimit(CACHE_BYTES);
    cache.setPackedGitWindowSize(WINDOW_BYTES);
    cache.setPackedGitOpenFiles(OPEN_PACKS);
    cache.setDeltaBaseCacheLimit(CACHE_BYTES);
    cache.setStreamFileThreshold(BYTES_HELD_WHOLE);
    // A mapped pack cannot be unmapped, and one cut short under a mapping would end the process.
    cache.setPackedGitMMAP(false);
    cache.setExposeStatsViaJmx(false);
    cache.install();
  }

  /**
   * The surroundings as JGit may see them: no configuration of the user or the system and no
   * environment, so that a repository is fetched in the same way whoever runs the runner.
   */
  private static final class IsolatedSystem extends SystemReader.Delegate {

    IsolatedSystem(SystemReader real) {
      super(real);
    }

    @Override
    public @Nullable String getenv(String variable) {
      return null;
    }

    @Override
    public String getHostname() {
      return "localhost";
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
      return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
      return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
      return new NoConfig(parent, fs);
    }

    /** A configuration without a file. */
    private static final class NoConfig extends FileBasedConfig {

      private static final long TIMESTAMP_MILLIS = 100;

      NoConfig(@Nullable Config parent, FS fs) {
        super(parent, null, fs);
      }

      @Override
      public void load() {}

      @Override
      public void save() {}

      @Override
      public boolean isOutdated() {
        return false;
      }

      /**
       * Answers how precise a file system's timestamps are. JGit would otherwise find out by
       * writing probes for seconds, also into the repository at the other end of a path.
       */
      @Override
      public long getTimeUnit(
          String section, @Nullable String subsection, String name, long fallback, TimeUnit unit) {
        return section.equals("filesystem")
            ? unit.convert(TIMESTAMP_MILLIS, TimeUnit.MILLISECONDS)
            : super.getTimeUnit(section, subsection, name, fallback, unit);
      }
    }
  }
}

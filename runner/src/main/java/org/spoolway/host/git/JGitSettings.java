package org.spoolway.host.git;

import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.SystemReader;

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
}

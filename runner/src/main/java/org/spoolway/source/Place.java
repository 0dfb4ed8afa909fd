package org.spoolway.source;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where releases lie, and in which form. */
public sealed interface Place {

  /** Its address, as the deployment file spells it. */
  String url();

  /** What a release is there, such as {@code tag}. */
  String unit();

  /** Why it has no release, when it has none at all; the end of a sentence. */
  String noneFound();

  /** How a maker puts one there; a whole sentence. */
  String remedy();

  /**
   * A git repository, whose tags are the releases.
   *
   * @param url {@code https://}, {@code ssh://}, {@code file://} or {@code user@host:path}
   */
  record Repository(String url) implements Place {

    @Override
    public String unit() {
      return "tag";
    }

    @Override
    public String noneFound() {
      return "no tag is a semantic version";
    }

    @Override
    public String remedy() {
      return "Tag a release in the repository, such as v1.0.0, and check `channel` and `pin`.";
    }
  }

  /**
   * A directory of archives, one for each release, or a repository whose releases have them.
   *
   * @param url {@code https://} or {@code file://}
   * @param names how they are named
   * @param mostBytes how long an archive may be, and what it unpacks to
   * @param limit how long it may take to fetch one
   * @param proxy over which servers are reached, or null for none
   * @param forge how releases of a repository are asked for; null for a directory
   */
  record Archives(
      String url,
      ArchiveNames names,
      long mostBytes,
      Duration limit,
      @Nullable URI proxy,
      @Nullable Forge forge)
      implements Place {

    @Override
    public String unit() {
      return "archive";
    }

    @Override
    public String noneFound() {
      return "no file is named as `" + names.pattern() + "` with a semantic version";
    }

    @Override
    public String remedy() {
      return "Put an archive there, or correct `source.file`, and check `channel` and `pin`.";
    }
  }

  /**
   * A directory of this host with candidates: programs and trees, each of which tells its version
   * itself when it is asked.
   *
   * @param url as the deployment file spells it
   * @param path the same as a path
   * @param executable the program in a release's tree, by its path from the top
   * @param user whom a program runs as that is asked, or null for the runner's own user
   * @param limit how long an answer may take
   * @param mostBytes how long a program may be, or the files of a tree together
   */
  record Directory(
      String url,
      Path path,
      String executable,
      @Nullable String user,
      Duration limit,
      long mostBytes)
      implements Place {

    @Override
    public String unit() {
      return "candidate";
    }

    @Override
    public String noneFound() {
      return "nothing in it is a program, or a directory with `"
          + executable
          + "` in it, that tells a semantic version";
    }

    @Override
    public String remedy() {
      return "Put a program there that prints its version when it is run with `--version`, or"
          + " correct `source.executable`, and check `channel` and `pin`.";
    }
  }

  /**
   * GitHub, or what answers as it does.
   *
   * @param api where programs ask, such as {@code https://api.github.com}
   * @param tokenFile holds what they say who they are by, for that server alone; null for nobody
   */
  record Forge(URI api, @Nullable Path tokenFile) {}
}

package org.spoolway.host.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.GitUrl.RefusedUrlException;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.layout.StateDir;

/** The submodules of a tree, with the addresses that its {@code .gitmodules} gives them. */
final class Submodules {

  private static final String FILE = ".gitmodules";
  private static final String SECTION = "submodule";
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 10;

  private final StateDir state;

  /** Submodules whose mirrors are kept in a deployment's state. */
  Submodules(StateDir state) {
    this.state = state;
  }

  /**
   * The submodules of a part.
   *
   * @throws UnusableTreeException when one has no address, or one that is not accepted
   * @throws MirrorDamage when {@code .gitmodules} cannot be read
   */
  List<Part> of(Part parent, Repository repository, CompleteTree tree)
      throws UnusableTreeException, MirrorDamage {
    if (tree.links().isEmpty()) {
      return List.of();
    }
    if (parent.depth() == MAX_DEPTH) {
      throw new UnusableTreeException("its submodules are nested deeper than " + MAX_DEPTH);
    }
    Map<String, String> urls = urls(text(parent, repository, tree));
    List<Part> parts = new ArrayList<>();
    for (CompleteTree.Gitlink link : tree.links()) {
      String path = parent.pathOf(link.path());
      GitUrl url = url(parent, path, urls.get(link.path()));
      Mirror mirror = Mirror.ofSubmodule(state, url);
      parts.add(new Part(path, parent.depth() + 1, url, mirror, link.commit()));
    }
    return parts;
  }

  private static GitUrl url(Part parent, String path, @Nullable String written)
      throws UnusableTreeException {
    if (written == null) {
      throw new UnusableTreeException("submodule " + path + " has no url in " + FILE);
    }
    try {
      return parent.url().submodule(written);
    } catch (RefusedUrlException e) {
      throw new UnusableTreeException(
          "submodule " + path + " has an address that is not accepted: " + e.reason());
    }
  }

  private static Map<String, String> urls(String text) throws UnusableTreeException {
    Config config = new Config();
    try {
      config.fromText(text);
    } catch (ConfigInvalidException e) {
      throw new UnusableTreeException(FILE + " is malformed: " + e.getMessage());
    }
    Map<String, String> urls = new HashMap<>();
    for (String name : config.getSubsections(SECTION)) {
      String path = config.getString(SECTION, name, "path");
      String url = config.getString(SECTION, name, "url");
      if (path != null && url != null) {
        urls.put(path, url);
      }
    }
    return urls;
  }

  private static String text(Part part, Repository repository, CompleteTree tree)
      throws UnusableTreeException, MirrorDamage {
    try (TreeWalk walk = TreeWalk.forPath(repository, FILE, tree.root())) {
      if (walk == null || !isRegular(walk)) {
        return "";
      }
      ObjectLoader file = repository.open(walk.getObjectId(0));
      if (file.getSize() > MAX_FILE_BYTES) {
        throw new UnusableTreeException(FILE + " is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return new String(file.getCachedBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw part.mirror().damage(FILE + " cannot be read", e);
    }
  }

  private static boolean isRegular(TreeWalk walk) {
    return FileMode.REGULAR_FILE.equals(walk.getRawMode(0))
        || FileMode.EXECUTABLE_FILE.equals(walk.getRawMode(0));
  }
}

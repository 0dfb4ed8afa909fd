package org.spoolway.adoption;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;

/**
 * Whose everything in a tree is. Taken from the outside in, so that every directory which leads to
 * a name is root's when that name is looked up; given back from the inside out. The tree lies where
 * nobody else can enter meanwhile.
 *
 * <pre>
 * line = mode-octal SP uid SP gid SP name LF    outermost first; the name percent-encoded, "." for the tree
 * </pre>
 */
final class Ownership {

  private static final int ROOT = 0;
  private static final int OTHERS_WRITE = 022;
  private static final int OWNER_READS_AND_WRITES = 0600;
  private static final int PERMISSIONS = 0777;

  private final Path tree;
  private final Set<Path> except;
  private final Path file;
  private final Path scratch;

  /**
   * The ownership of a tree.
   *
   * @param except what is left alone, with all below
   * @param file where it is written down
   */
  Ownership(Path tree, Set<Path> except, Path file) {
    this.tree = tree;
    this.except = except;
    this.file = file;
    this.scratch = ApplicationDir.partial(tree);
  }

  /** Writes down whose it is, unless that was done before. */
  void writeDown() throws IOException {
    if (Files.exists(file)) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    for (Path path : paths()) {
      FileLook is = FileLook.at(path);
      lines.append("%o %d %d %s%n".formatted(is.mode(), is.uid(), is.gid(), encoded(path)));
    }
    DurableFiles.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  /**
   * Makes all of it root's, who alone can write it then.
   *
   * @param owner the user whose the checkout was
   */
  void take(int owner) throws ProblemException, IOException {
    List<Path> paths = new ArrayList<>(List.of(tree));
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      FileLook is = FileLook.at(path);
      Optional<String> fault = is.faultOfKind(owner);
      if (fault.isPresent()) {
        throw Refusal.unsuitable(path, fault.get());
      }
      if (is.isFile() && is.links() > 1) {
        // Its other names may lie anywhere, and whoever has one could write it.
        Trees.cutOff(path, scratch);
      }
      setOwner(path, ROOT, is.gid());
      if (!is.isLink()) {
        setMode(path, (is.mode() & PERMISSIONS & ~OTHERS_WRITE) | OWNER_READS_AND_WRITES);
      }
      if (is.isDirectory()) {
        paths.addAll(inner(path));
      }
    }
    Trees.delete(scratch);
  }

  private List<Path> inner(Path directory) throws IOException {
    try (var names = Files.list(directory)) {
      return names.filter(name -> !except.contains(name)).toList();
    }
  }

  /** Has everything be whose it was; what has gone since is left out. */
  void giveBack(Chown chown) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    Trees.delete(scratch);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    Collections.reverse(lines);
    for (String line : lines) {
      String[] part = line.split(" ", 4);
      Path path = decoded(part[3]);
      if (Moves.exists(path)) {
        restore(path, Integer.parseInt(part[0], 8), Integer.parseInt(part[1]), part[2], chown);
      }
    }
  }

  /** Whether this process can give files to others. */
  enum Chown {
    POSSIBLE,
    IMPOSSIBLE
  }

  /**
   * The mode comes first, for a change of owner takes set-uid bits, which files do not get back.
   */
  private static void restore(Path path, int mode, int uid, String gid, Chown chown)
      throws IOException {
    FileLook is = FileLook.at(path);
    if (!is.isLink()) {
      setMode(path, mode & PERMISSIONS);
    }
    if (chown == Chown.POSSIBLE) {
      setOwner(path, uid, Integer.parseInt(gid));
    }
  }

  private List<Path> paths() throws IOException {
    List<Path> paths = new ArrayList<>();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (except.contains(path)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            paths.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (!except.contains(path)) {
              paths.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return paths;
  }

  private static void setMode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
  }

  private static void setOwner(Path path, int uid, int gid) throws IOException {
    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
  }

  /** Names are bytes, of which a URI is the one view that keeps them in every locale. */
  private String encoded(Path path) {
    String name = raw(path).substring(raw(tree).length());
    return name.isEmpty() ? "." : name.substring(1);
  }

  private Path decoded(String name) {
    return name.equals(".") ? tree : Path.of(URI.create("file://" + raw(tree) + "/" + name));
  }

  private static String raw(Path path) {
    String uri = path.toUri().getRawPath();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}

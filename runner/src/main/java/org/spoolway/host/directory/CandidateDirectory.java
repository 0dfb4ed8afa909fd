package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.spoolway.durable.Checksum;
import org.spoolway.host.archive.Ownership;
import org.spoolway.host.directory.Entry.Kind;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.Place;

/**
 * The names in the directory that may be releases. Nothing is opened to find them, and no link is
 * followed but on the way to the directory itself, which is the administrator's.
 */
final class CandidateDirectory {

  /** What lies beside a candidate, and is its signature. */
  static final String SIGNATURE = ".minisig";

  /** Each may take the time that it has to answer; whoever has more forgets to clean up. */
  static final int MOST_CANDIDATES = 100;

  private static final int MOST_NAMES = 10_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");
  private static final Pattern LEFT_ALONE =
      Pattern.compile(".*\\.(tmp|part|partial|swp|minisig|md|txt)");

  private static final Set<PosixFilePermission> EXECUTE =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Path path;
  private final String executable;

  CandidateDirectory(Place.Directory place) {
    this.path = place.path();
    this.executable = place.executable();
  }

  Path path() {
    return path;
  }

  /**
   * All of them, in the order of their names.
   *
   * @throws ProblemException {@code SOURCE_UNREACHABLE}, {@code SOURCE_UNUSABLE} when there are too
   *     many
   */
  List<Entry> entries() throws ProblemException {
    String action = "look for candidates in " + path;
    // Whoever can write there decides what is run, and could exchange what root is about to open.
    Ownership.requireOwn(action, path);
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(path)) {
      int seen = 0;
      for (Path name : names) {
        seen++;
        entry(String.valueOf(name.getFileName())).ifPresent(entries::add);
        if (seen > MOST_NAMES || entries.size() > MOST_CANDIDATES) {
          throw Problems.tooMany(action, MOST_CANDIDATES);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw Problems.unread(action, new IOException(e));
    } catch (IOException e) {
      throw Problems.unread(action, e);
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  /** What is under a name now; empty for nothing that may be a release. */
  Optional<Entry> entry(String name) throws IOException {
    if (!NAME.matcher(name).matches() || LEFT_ALONE.matcher(name).matches()) {
      return Optional.empty();
    }
    Path candidate = path.resolve(name);
    try {
      if (isProgram(candidate)) {
        SortedSet<Path> parts = new TreeSet<>();
        parts.add(candidate);
        parts.add(path.resolve(name + SIGNATURE));
        return Optional.of(new Entry(name, Kind.PROGRAM, identity(parts)));
      }
      return isTree(candidate)
          ? Optional.of(new Entry(name, Kind.TREE, identity(names(candidate))))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private boolean isTree(Path candidate) throws IOException {
    if (!Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      return isProgram(candidate.resolve(executable));
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Whether it is a plain file that somebody may execute. */
  static boolean isProgram(Path file) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isRegularFile() && isExecutable(attributes);
  }

  static boolean isExecutable(PosixFileAttributes attributes) {
    return attributes.permissions().stream().anyMatch(EXECUTE::contains);
  }

  /** All names of a tree; of one that holds more than any release may, some of them. */
  private static SortedSet<Path> names(Path tree) throws IOException {
    SortedSet<Path> names = new TreeSet<>();
    Files.walkFileTree(
        tree,
        Set.of(),
        TreeCopy.MOST_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return add(directory);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return add(file);
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return add(file);
          }

          private FileVisitResult add(Path name) {
            names.add(name);
            return names.size() > TreeCopy.MOST_NAMES
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }
        });
    return names;
  }

  private static String identity(SortedSet<Path> names) throws IOException {
    MessageDigest digest = Checksum.digest();
    for (Path name : names) {
      digest.update((name + "\0" + inode(name) + "\0").getBytes(StandardCharsets.UTF_8));
    }
    return Checksum.hex(digest);
  }

  private static String inode(Path file) throws IOException {
    try {
      return new TreeMap<>(
              Files.readAttributes(
                  file, "unix:dev,ino,mode,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS))
          .toString();
    } catch (NoSuchFileException none) {
      return "";
    }
  }
}

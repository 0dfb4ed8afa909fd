package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.Checksum;
import org.spoolway.host.archive.Ownership;
import org.spoolway.host.directory.Contents.Item;
import org.spoolway.host.directory.Contents.Kind;
import org.spoolway.problem.ProblemException;
import org.spoolway.wording.Printable;
import org.spoolway.wording.Quoted;

/**
 * Copies a program or a tree that somebody else may change meanwhile, with the modes that git's
 * export gives. Names are looked up in directories that are open, and no link is followed. Owners,
 * times, other modes and extended attributes are dropped.
 */
final class TreeCopy {

  static final int MOST_NAMES = 200_000;
  static final int MOST_DEPTH = 200;

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final Path top;
  private final CopyMeter meter;
  private final SortedMap<String, Item> items = new TreeMap<>();

  /**
   * Copies nothing yet.
   *
   * @param top what is copied, or what it lies in; for messages and for where links lead
   * @param meter told of all that is copied
   */
  TreeCopy(Path top, CopyMeter meter) {
    this.top = top;
    this.meter = meter;
  }

  /** A directory that is open, through which names are looked up in it, whatever its path names. */
  static SecureDirectoryStream<Path> secure(DirectoryStream<Path> opened) {
    // On Linux all are.
    return (SecureDirectoryStream<Path>) opened;
  }

  /**
   * Copies a tree.
   *
   * @param from the tree, open
   * @param into does not exist yet
   */
  Contents tree(SecureDirectoryStream<Path> from, Path into)
      throws UnusableCandidateException, ProblemException, IOException {
    directory(from, Path.of(""), into, 0);
    return new Contents(items);
  }

  /**
   * Copies one program.
   *
   * @param from what it lies in, open
   * @return its SHA-256 in hex
   */
  String program(SecureDirectoryStream<Path> from, Path name, Path into)
      throws UnusableCandidateException, ProblemException, IOException {
    PosixFileAttributes attributes = ownAttributes(from, name);
    if (!attributes.isRegularFile()) {
      throw new UnusableCandidateException("it is no plain file");
    }
    return file(from, name, into, EXECUTABLE);
  }

  private void directory(SecureDirectoryStream<Path> from, Path path, Path into, int depth)
      throws UnusableCandidateException, ProblemException, IOException {
    if (depth > MOST_DEPTH) {
      throw new UnusableCandidateException("it is more than " + MOST_DEPTH + " directories deep");
    }
    Files.createDirectory(into);
    Files.setPosixFilePermissions(into, EXECUTABLE);
    for (Path name : Trees.names(from)) {
      Path inner = path.resolve(name);
      String text = text(inner);
      meter.name(top.resolve(inner));
      PosixFileAttributes attributes = ownAttributes(from, name);
      if (attributes.isDirectory()) {
        items.put(text, new Item(Kind.DIRECTORY, ""));
        try (SecureDirectoryStream<Path> opened =
            from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          directory(opened, inner, into.resolve(name), depth + 1);
        }
      } else {
        items.put(text, item(from, inner, attributes, into.resolve(name)));
      }
    }
  }

  private Item item(
      SecureDirectoryStream<Path> from, Path path, PosixFileAttributes attributes, Path into)
      throws UnusableCandidateException, ProblemException, IOException {
    if (attributes.isSymbolicLink()) {
      Path target = Files.readSymbolicLink(top.resolve(path));
      Files.createSymbolicLink(into, target);
      return new Item(Kind.LINK, text(target));
    } else if (!attributes.isRegularFile()) {
      throw new UnusableCandidateException(path + " is neither a file, a directory nor a link");
    }
    boolean isExecutable = CandidateDirectory.isExecutable(attributes);
    String hash = file(from, path.getFileName(), into, isExecutable ? EXECUTABLE : PLAIN);
    return new Item(isExecutable ? Kind.PROGRAM : Kind.FILE, hash);
  }

  private String file(
      SecureDirectoryStream<Path> from, Path name, Path into, Set<PosixFilePermission> mode)
      throws UnusableCandidateException, ProblemException, IOException {
    MessageDigest digest = Checksum.digest();
    ByteBuffer buffer = ByteBuffer.allocate(Checksum.PORTION);
    try (SeekableByteChannel in = open(from, name);
        FileChannel out =
            FileChannel.open(into, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (in.read(buffer) >= 0) {
        buffer.flip();
        meter.bytes(buffer.remaining());
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        buffer.clear();
      }
    }
    Files.setPosixFilePermissions(into, mode);
    return Checksum.hex(digest);
  }

  /** A pipe that has taken the file's place has no position, and is not read. */
  static SeekableByteChannel open(SecureDirectoryStream<Path> from, Path name) throws IOException {
    SeekableByteChannel channel = from.newByteChannel(name, READ);
    try {
      channel.position();
      return channel;
    } catch (IOException pipe) {
      channel.close();
      throw pipe;
    }
  }

  /** What a name is, once it is known that nobody else can exchange it. */
  static PosixFileAttributes ownAttributes(SecureDirectoryStream<Path> from, Path name)
      throws UnusableCandidateException, IOException {
    PosixFileAttributes attributes = attributes(from, name);
    if (!Ownership.isOwn(attributes)) {
      throw new UnusableCandidateException(
          name + " is somebody else's, or " + Ownership.others() + " can write it");
    }
    return attributes;
  }

  private static PosixFileAttributes attributes(SecureDirectoryStream<Path> from, Path name)
      throws IOException {
    return from.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** A name that the runner's locale cannot express would pass for another one. */
  private static String text(Path path) throws UnusableCandidateException {
    String text = path.toString();
    if (text.indexOf('\uFFFD') >= 0 || !text.codePoints().allMatch(Printable::isHarmless)) {
      throw new UnusableCandidateException(
          Quoted.of(text) + " is a name that is not plain text in UTF-8");
    }
    return text;
  }
}

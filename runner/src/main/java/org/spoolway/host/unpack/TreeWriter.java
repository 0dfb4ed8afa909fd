package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a tree into a directory, with the modes that git's export gives. No link is there yet
 * while files are written, so none is followed.
 */
final class TreeWriter implements TreeSink {

  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private static final int BUFFER_BYTES = 64 << 10;

  private final Path into;
  private final UnpackMeter meter;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Makes the directory, which must not be there, in one that is. */
  TreeWriter(Path into, UnpackMeter meter) throws IOException {
    this.into = into;
    this.meter = meter;
    makeDirectory(into);
  }

  private static void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, EXECUTABLE);
  }

  @Override
  public void directory(TreePath path) throws IOException {
    makeDirectory(path.in(into));
  }

  @Override
  public void file(TreePath path, boolean executable, InputStream content) throws IOException {
    Path file = path.in(into);
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        meter.bytes(read);
        out.write(buffer, 0, read);
      }
    }
    Files.setPosixFilePermissions(file, executable ? EXECUTABLE : PLAIN);
  }

  @Override
  public void copy(TreePath path, boolean executable, TreePath of) throws IOException {
    try (InputStream content =
        Files.newInputStream(of.in(into), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      file(path, executable, content);
    }
  }

  @Override
  public void link(TreePath path, String target) throws IOException {
    Files.createSymbolicLink(path.in(into), Path.of(target));
  }
}

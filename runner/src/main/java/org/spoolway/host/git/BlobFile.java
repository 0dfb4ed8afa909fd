package org.spoolway.host.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.spoolway.host.git.Mirror.MirrorDamage;

/**
 * Writes the content of a file from a mirror, and checks on the way that it is what its id says.
 */
final class BlobFile {

  /** The mode of a file. */
  static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

  /** The mode of a program or directory. */
  static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

  private static final int BUFFER_BYTES = 64 << 10;

  private final Part part;
  private final ObjectReader objects;
  private final ExportMeter meter;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  BlobFile(Part part, ObjectReader objects, ExportMeter meter) {
    this.part = part;
    this.objects = objects;
    this.meter = meter;
  }

  /** Opens the content with an id. */
  ObjectLoader open(ObjectId id) throws MirrorDamage {
    try {
      return objects.open(id);
    } catch (IOException e) {
      throw part.mirror().damage("a file cannot be read", e);
    }
  }

  /**
   * Writes a new file.
   *
   * @throws MirrorDamage when the content cannot be read or is not what the id says
   * @throws IOException when it cannot be written
   */
  void write(ObjectId id, ObjectLoader content, Path file, Set<PosixFilePermission> mode)
      throws MirrorDamage, IOException {
    MessageDigest digest = digest(content.getSize());
    try (InputStream in = stream(content);
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int read = read(in); read >= 0; read = read(in)) {
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        meter.bytesWritten(read);
      }
    }
    if (!id.equals(ObjectId.fromRaw(digest.digest()))) {
      throw part.mirror().damage("a file is not what it was", null);
    }
    Files.setPosixFilePermissions(file, mode);
  }

  private InputStream stream(ObjectLoader content) throws MirrorDamage {
    try {
      return content.openStream();
    } catch (IOException e) {
      throw part.mirror().damage("a file cannot be read", e);
    }
  }

  private int read(InputStream in) throws MirrorDamage {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw part.mirror().damage("a file cannot be read", e);
    }
  }

  private static MessageDigest digest(long size) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}

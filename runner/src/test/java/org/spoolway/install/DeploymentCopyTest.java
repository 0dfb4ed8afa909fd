package org.spoolway.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deployment file, from nothing, from a half of it, and from what somebody else made of it. */
class DeploymentCopyTest {

  private static final String CONTENT = "name = \"notes\"\n";

  @TempDir Path directory;
  private Path target;
  private DeploymentCopy copy;

  @BeforeEach
  void requireRoot() throws Exception {
    if (!Files.getOwner(Path.of("/proc/self")).getName().equals("root")) {
      System.out.println("skipped: only root gives a file to any group");
      Assumptions.abort("only root gives a file to any group");
    }
    target = directory.resolve("deployments/notes.toml");
    copy = new DeploymentCopy(Path.of("/root/notes.toml"), CONTENT, target, HostToBe.THERE);
  }

  private void write(String mode) throws Exception {
    Files.createDirectories(target.getParent());
    Files.writeString(target, CONTENT);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
  }

  private String group() throws Exception {
    return Files.readAttributes(target, PosixFileAttributes.class).group().getName();
  }

  @Test
  void isReadByItsGroup() throws Exception {
    assertEquals(Optional.of("write " + target), copy.missing());
    copy.bring();
    assertEquals(Optional.empty(), copy.missing());
    assertEquals(HostToBe.THERE, group());
  }

  /** Killed between the content and the group. */
  @Test
  void isGivenToItsGroupWhenThatWasCutShort() throws Exception {
    write("rw-r-----");
    assertEquals(Optional.of("have the group daemon read " + target), copy.missing());
    copy.bring();
    assertEquals(Optional.empty(), copy.missing());
    assertEquals(HostToBe.THERE, group());
  }

  @Test
  void staysPrivateWhereSomebodyWantsItSo() throws Exception {
    write("rw-------");
    assertEquals(Optional.empty(), copy.missing());
  }

  @Test
  void isReadByNobodyElseWhereThereIsNoSuchGroup() throws Exception {
    copy = new DeploymentCopy(Path.of("/root/notes.toml"), CONTENT, target, "nobody-has-this");
    copy.bring();
    assertEquals(Optional.empty(), copy.missing());
    assertEquals("root", group());
  }
}

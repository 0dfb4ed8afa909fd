package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.source.ArchiveFormat;

/** The one part that Java does not do itself. */
class NativeLibraryTest extends ArchiveFixture {

  @Test
  void aLibraryThatCannotBeLoadedIsNoArchivesFault() throws Exception {
    Path absent = scratch.resolve("absent.so");

    assertContains(
        "IOException the native library of zstd cannot be loaded (",
        probe("-DZstdNativePath=" + absent));
  }

  @Test
  void aLibraryThatLiesUnpackedIsUsedWhereItIs() throws Exception {
    Path unpacked = scratch.resolve("libzstd-jni.so");
    try (ZipFile jar = new ZipFile(jar());
        InputStream library = jar.getInputStream(jar.getEntry(libraryIn(jar)))) {
      Files.copy(library, unpacked);
    }

    // With a temporary directory that is not there nothing can be unpacked.
    assertEquals(
        "unpacked\n",
        probe("-DZstdNativePath=" + unpacked, "-Djava.io.tmpdir=" + scratch.resolve("absent")));
  }

  private static String libraryIn(ZipFile jar) {
    String start = "linux/" + System.getProperty("os.arch") + "/libzstd-jni";
    return jar.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith(start))
        .findAny()
        .orElseThrow();
  }

  private static File jar() throws ReflectiveOperationException, URISyntaxException {
    Class<?> library = Class.forName("com.github.luben.zstd.Zstd");
    return new File(library.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private String probe(String... options) throws IOException {
    Path archive = made(ArchiveFormat.TAR_ZSTD, a -> a.file("a", "1"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> line = new ArrayList<>();
    line.add(java);
    line.addAll(List.of(options));
    line.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Probe.class.getName(),
            archive.toString(),
            into.toString()));
    return run(scratch, line.toArray(String[]::new));
  }

  /** Unpacks an archive, in a JVM that has not loaded the library yet. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] arguments) {
      try {
        new ArchiveTree(
                Path.of(arguments[0]),
                ArchiveFormat.TAR_ZSTD,
                Set.of(),
                new ArchiveLimits(1_000_000))
            .write(Path.of(arguments[1]), Progress.NONE, new Interruption());
        System.out.println("unpacked");
      } catch (IOException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
  }
}

package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.trust.Minisign;
import org.spoolway.trust.Tools;

/** What a maker puts on a server: archives that the real programs have made. */
final class ReleaseDirectory {

  private static final String LIST = "SHA256SUMS";

  private final Path directory;
  private final Path scratch;

  /** An empty one. */
  ReleaseDirectory(Path directory, Path scratch) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.scratch = Files.createDirectories(scratch);
    list();
  }

  Path path() {
    return directory;
  }

  /** A release of notes in one format, replaced when it is there. */
  Path publish(String version, ArchiveFormat format, Map<String, String> files, String notes)
      throws IOException {
    String name = "notes-" + version;
    Path tree = Files.createTempDirectory(scratch, "tree").resolve(name);
    Files.createDirectories(tree);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = tree.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Path archive = directory.resolve(name + format.ending());
    Files.deleteIfExists(archive);
    pack(tree, archive, format);
    Files.writeString(directory.resolve(name + ".md"), notes);
    list();
    return archive;
  }

  private static void pack(Path tree, Path archive, ArchiveFormat format) throws IOException {
    String name = tree.getFileName().toString();
    if (format == ArchiveFormat.ZIP) {
      Tools.run(tree.getParent(), "zip", "-q", "-r", "-y", archive.toString(), name);
    } else {
      Tools.run(tree.getParent(), "tar", "--auto-compress", "-cf", archive.toString(), name);
    }
  }

  /** Signs a file in it. */
  void sign(Minisign key, String file, String... options) throws IOException {
    key.sign(directory.resolve(file), options);
  }

  /** Takes a release away, with all that belongs to it. */
  void withdraw(String version) throws IOException {
    for (String name : names()) {
      if (name.startsWith("notes-" + version + ".")) {
        Files.delete(directory.resolve(name));
      }
    }
    list();
  }

  /** Makes the list anew. */
  void list() throws IOException {
    List<String> command = new ArrayList<>(List.of("sha256sum", "--"));
    names().stream()
        .filter(name -> !name.equals(LIST) && !name.endsWith(".minisig"))
        .forEach(command::add);
    byte[] list = command.size() == 2 ? new byte[0] : Tools.run(directory, new byte[0], command);
    Files.write(directory.resolve(LIST), list);
  }

  private Set<String> names() {
    return new TreeSet<>(Arrays.asList(directory.toFile().list()));
  }
}

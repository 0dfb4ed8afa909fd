package org.spoolway.host.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A server that hands out the files of a directory, and remembers what was asked of it. */
final class DirectoryWeb implements Web {

  /** Where it is reached. */
  static final String ADDRESS = "https://example.org/notes";

  private final Path directory;
  private final Set<String> served = new HashSet<>();
  private int downloads;
  private boolean spoils;

  DirectoryWeb(Path directory) {
    this.directory = directory;
  }

  /** How often a file was downloaded. */
  int downloads() {
    return downloads;
  }

  /** Whether a file was handed out. */
  boolean hasServed(String name) {
    return served.contains(name);
  }

  /** The next download is of the right length and not what is there. */
  void spoilNextDownload() {
    spoils = true;
  }

  @Override
  public Optional<byte[]> document(URI address, Errand errand) {
    Path file = file(address);
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<byte[]> list(URI address, Errand errand) {
    return document(address, errand);
  }

  @Override
  public boolean download(URI address, Path into, Errand errand) {
    Path file = file(address);
    if (!Files.exists(file)) {
      return false;
    }
    try {
      byte[] content = Files.readAllBytes(file);
      if (spoils) {
        content[content.length / 2] ^= 1;
        spoils = false;
      }
      Files.write(into, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    downloads++;
    return true;
  }

  private Path file(URI address) {
    String name = address.toString().substring(ADDRESS.length() + 1);
    served.add(name);
    return directory.resolve(name);
  }
}

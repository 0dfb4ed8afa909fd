package org.spoolway.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spoolway.schema.SchemaJson;
import org.spoolway.trust.Minisign;

/** Makers who write the two files and sign them with the real minisign. */
public final class MadeChannel {

  /** Until when their files count, if they say nothing else. */
  public static final Instant EXPIRES = Instant.parse("2027-01-01T00:00:00Z");

  private final Path directory;

  /** In a directory, where the files come to lie with their signatures. */
  public MadeChannel(Path directory) {
    this.directory = directory;
  }

  /** Where the files lie. */
  public Path directory() {
    return directory;
  }

  /** A role of these keys. */
  public static Role role(int threshold, Minisign... keys) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Minisign key : keys) {
      lines.add(key.line());
    }
    return new Role(threshold, lines);
  }

  /** Writes and signs a root. */
  public Path root(int version, Role root, Role channel, Minisign... signers) throws IOException {
    return root(new RootFile(RootFile.SCHEMA, "notes", version, EXPIRES, root, channel), signers);
  }

  /** The same of any content. */
  public Path root(RootFile file, Minisign... signers) throws IOException {
    return write(RootFile.name(file.version()), SchemaJson.pretty(file), signers);
  }

  /** Writes and signs a list of releases. */
  public Path channel(long counter, List<ChannelFile.Release> releases, Minisign... signers)
      throws IOException {
    return channel(
        new ChannelFile(ChannelFile.SCHEMA, "notes", counter, EXPIRES, releases), signers);
  }

  /** The same of any content. */
  public Path channel(ChannelFile file, Minisign... signers) throws IOException {
    return write(ChannelFile.NAME, SchemaJson.pretty(file), signers);
  }

  /** Writes a file and all of its signatures. */
  public Path write(String name, byte[] content, Minisign... signers) throws IOException {
    Path file = Files.write(directory.resolve(name), content);
    Path signature = directory.resolve(name + SignedFile.SIGNATURES);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Minisign signer : signers) {
      signer.sign(file);
      all.write(Files.readAllBytes(signature));
    }
    Files.write(signature, all.toByteArray());
    return file;
  }

  /** A file as it would be read. */
  public SignedFile read(Path file) throws IOException {
    String name = file.getFileName().toString();
    return new SignedFile(
        name,
        Files.readAllBytes(file),
        Files.readAllBytes(directory.resolve(name + SignedFile.SIGNATURES)));
  }

  /** All files, to be put back later: what somebody keeps who has seen them. */
  public Map<Path, byte[]> recorded() throws IOException {
    Map<Path, byte[]> recorded = new TreeMap<>();
    for (String name : List.of(ChannelFile.NAME, ChannelFile.NAME + SignedFile.SIGNATURES)) {
      recorded.put(directory.resolve(name), Files.readAllBytes(directory.resolve(name)));
    }
    return recorded;
  }

  /** Puts files back. */
  public static void replay(Map<Path, byte[]> recorded) throws IOException {
    for (Map.Entry<Path, byte[]> file : recorded.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }
}

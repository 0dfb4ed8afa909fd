package org.spoolway.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.RootFile;
import org.spoolway.channel.SignedFile;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.SchemaJson.Malformed;

/** Where a maker keeps {@code channel.json}, all {@code N.root.json}, and their signatures. */
public final class ChannelDirectory {

  private static final String PUBLIC = "rw-r--r--";

  private final Path path;

  /** One that may not be there yet. */
  public ChannelDirectory(Path path) {
    this.path = path;
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Makes it, with its first two files.
   *
   * @throws ProblemException when there is a channel already, or the root could never be fulfilled
   */
  public void begin(RootFile root, ChannelFile channel) throws IOException, ProblemException {
    byte[] content = content(root);
    for (String name : new String[] {RootFile.name(root.version()), ChannelFile.NAME}) {
      if (Files.exists(file(name))) {
        throw new ProblemException(
            Problem.CONFIGURATION,
            "cannot begin a channel in " + path + ": " + name + " is there already",
            "Name another directory; `spoolway channel rotate` exchanges the keys of this one.",
            null);
      }
    }
    Files.createDirectories(path);
    DurableFiles.replace(file(RootFile.name(root.version())), content, PUBLIC);
    write(channel);
  }

  /**
   * The root with the highest number.
   *
   * @throws ProblemException when there is none, or it is damaged
   */
  public RootFile newestRoot() throws IOException, ProblemException {
    int version = 1;
    while (Files.exists(file(RootFile.name(version + 1)))) {
      version++;
    }
    return root(file(RootFile.name(version)));
  }

  /**
   * Reads a root, whoever has signed it.
   *
   * @throws ProblemException when it is not there, or damaged
   */
  static RootFile root(Path file) throws IOException, ProblemException {
    try {
      return RootFile.parse(read(file));
    } catch (Malformed e) {
      throw damaged(file, e, "root");
    }
  }

  /**
   * The list of releases, whoever has signed it.
   *
   * @throws ProblemException when it is not there, or damaged
   */
  public ChannelFile channel() throws IOException, ProblemException {
    Path file = file(ChannelFile.NAME);
    try {
      return ChannelFile.parse(read(file));
    } catch (Malformed e) {
      throw damaged(file, e, "channel");
    }
  }

  private static byte[] read(Path file) throws IOException, ProblemException {
    if (!Files.exists(file)) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot find the channel: there is no " + file,
          "Name the directory of a channel; `spoolway channel init` begins one.",
          null);
    }
    return Files.readAllBytes(file);
  }

  private static ProblemException damaged(Path file, Malformed reason, String kind) {
    return new ProblemException(
        Problem.CONFIGURATION,
        "cannot use " + file + ": " + reason.getMessage(),
        "Take back what was changed there by hand; `spoolway schema " + kind + "` prints the form.",
        reason);
  }

  /**
   * Writes the next root.
   *
   * @throws ProblemException when it could never be fulfilled
   */
  public void write(RootFile root) throws IOException, ProblemException {
    String name = RootFile.name(root.version());
    DurableFiles.replace(file(name), content(root), PUBLIC);
    DurableFiles.remove(file(name + SignedFile.SIGNATURES));
  }

  /**
   * Writes the list of releases; what the one before was signed with is no good any more, and goes.
   *
   * @throws ProblemException when something in it cannot be
   */
  public void write(ChannelFile channel) throws IOException, ProblemException {
    byte[] content = SchemaJson.pretty(channel);
    try {
      ChannelFile unused = ChannelFile.parse(content);
    } catch (Malformed e) {
      throw refused(ChannelFile.NAME, e);
    }
    DurableFiles.replace(file(ChannelFile.NAME), content, PUBLIC);
    DurableFiles.remove(file(ChannelFile.NAME + SignedFile.SIGNATURES));
  }

  private static byte[] content(RootFile root) throws ProblemException {
    byte[] content = SchemaJson.pretty(root);
    try {
      RootFile unused = RootFile.parse(content);
    } catch (Malformed e) {
      throw refused(RootFile.name(root.version()), e);
    }
    return content;
  }

  private static ProblemException refused(String name, Malformed reason) {
    return new ProblemException(
        Problem.CONFIGURATION,
        "cannot write " + name + ": " + reason.getMessage(),
        "Correct it on the command line and run it again: nothing was changed.",
        reason);
  }

  /**
   * A file with the signatures beside it.
   *
   * @throws ProblemException when there are none
   */
  SignedFile signed(String name) throws IOException, ProblemException {
    Path signatures = file(name + SignedFile.SIGNATURES);
    byte[] content = read(file(name));
    if (!Files.exists(signatures)) {
      throw new ProblemException(
          Problem.SIGNATURE_REFUSED,
          "cannot trust " + name + ": it is not signed, there is no " + signatures,
          signing(name),
          null);
    }
    return new SignedFile(name, content, Files.readAllBytes(signatures));
  }

  /** How a file of it is signed, as a fix. */
  String signing(String name) {
    return "Sign it with as many keys as are asked for: `spoolway channel sign "
        + file(name)
        + " --key SECRET`.";
  }
}

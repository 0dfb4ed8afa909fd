package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.spoolway.channel.ChannelTrust;
import org.spoolway.channel.RootFile;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.IoReason;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;

/** What this host has come to believe of a channel, kept so that it survives a power cut. */
final class KeptTrust {

  private static final String MODE = "rw-------";

  private final Path anchor;
  private final Path file;

  /**
   * Reads nothing yet.
   *
   * @param anchor the root that the administrator names
   * @param file where what was believed is kept; need not exist
   */
  KeptTrust(Path anchor, Path file) {
    this.anchor = anchor;
    this.file = file;
  }

  /**
   * What is believed so far. An administrator who names another root begins anew there, and what
   * was seen before stays seen.
   *
   * @throws ProblemException {@code CONFIGURATION} when the administrator's file is no root, {@code
   *     STORAGE_FAILED}
   */
  ChannelTrust read() throws ProblemException {
    String hash;
    RootFile root;
    try {
      hash = Checksum.of(anchor);
      root = RootFile.parse(Files.readAllBytes(anchor));
    } catch (IOException e) {
      throw unusable(IoReason.of(e), e);
    } catch (SchemaJson.Malformed e) {
      throw unusable("it is no root: " + e.getMessage(), e);
    }
    try {
      ChannelTrust known = SchemaJson.read(Files.readAllBytes(file), ChannelTrust.class);
      return known.anchor().equals(hash) ? known : known.anchoredAt(hash, root);
    } catch (NoSuchFileException none) {
      return ChannelTrust.in(hash, root);
    } catch (IOException | SchemaJson.Malformed e) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot read " + file + ": " + e.getMessage(),
          "Check the disk; then remove the file, and the channel counts as seen for the first"
              + " time.",
          e);
    }
  }

  private ProblemException unusable(String observed, Exception cause) {
    return new ProblemException(
        Problem.CONFIGURATION,
        "cannot use " + anchor + ", which `source.trustRoot` names: " + observed,
        "Get root.json from the application's makers, by a way that you trust.",
        cause);
  }

  /** When this returns it survives a power cut. */
  void write(ChannelTrust trust) throws ProblemException {
    try {
      DurableFiles.replace(file, SchemaJson.pretty(trust), MODE);
    } catch (IOException e) {
      throw Problems.unwritten("keep what was believed of the channel", e, file.resolveSibling(""));
    }
  }
}

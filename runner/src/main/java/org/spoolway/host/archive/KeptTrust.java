package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.spoolway.channel.ChannelTrust;
import org.spoolway.channel.RootFile;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Interruption;
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
   *     UNSAFE_PATH} when others could write it, {@code STORAGE_FAILED}
   */
  ChannelTrust read() throws ProblemException {
    RootFile root = anchored();
    String hash = hash(root);
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

  private RootFile anchored() throws ProblemException {
    try {
      Path real = anchor.toRealPath();
      if (!Ownership.isOwn(real)) {
        throw Problems.writableByOthers(anchor);
      }
      return RootFile.parse(Files.readAllBytes(real));
    } catch (IOException e) {
      throw unusable(IoReason.of(e), e);
    } catch (SchemaJson.Malformed e) {
      throw unusable("it is no root: " + e.getMessage(), e);
    }
  }

  /** Of what it says, however it is written: a line end more is no other root. */
  private static String hash(RootFile root) {
    MessageDigest digest = Checksum.digest();
    digest.update(SchemaJson.pretty(root));
    return Checksum.hex(digest);
  }

  private ProblemException unusable(String observed, Exception cause) {
    return new ProblemException(
        Problem.CONFIGURATION,
        "cannot use " + anchor + ", which `source.trustRoot` names: " + observed,
        "Get 1.root.json from the application's makers, by a way that you trust.",
        cause);
  }

  /**
   * Keeps what is believed now. What another process has come to believe meanwhile is not taken
   * back by it. When this returns it survives a power cut.
   */
  void write(ChannelTrust trust) throws ProblemException {
    String action = "keep what was believed of the channel";
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try (ProcessLock held = ProcessLock.take(lock, action, new Interruption())) {
      store(trust, held);
    } catch (IOException e) {
      throw Problems.unwritten(action, e, file.resolveSibling(""));
    }
  }

  private void store(ChannelTrust trust, ProcessLock held) throws ProblemException, IOException {
    held.require();
    ChannelTrust known = read();
    ChannelTrust later = known.anchor().equals(trust.anchor()) ? trust.orLater(known) : trust;
    if (!Files.exists(file) || !later.equals(known)) {
      DurableFiles.replace(file, SchemaJson.pretty(later), MODE);
    }
  }
}

package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.channel.Role;
import org.spoolway.problem.ProblemException;
import org.spoolway.publication.KeyFiles;
import picocli.CommandLine.Option;

/** Whose word shall count. */
final class KeyOptions {

  @Option(
      names = "--root-key",
      paramLabel = "PUB",
      description =
          "A key that may say whose word counts: minisign.pub, or its second line; may be given"
              + " several times.")
  private List<String> rootKeys = new ArrayList<>();

  @Option(
      names = "--channel-key",
      paramLabel = "PUB",
      description = "A key that may say which releases there are; may be given several times.")
  private List<String> channelKeys = new ArrayList<>();

  @Option(
      names = "--root-threshold",
      paramLabel = "N",
      description = "How many of the root's keys must sign together (at first: 1).")
  private @Nullable Integer rootThreshold;

  @Option(
      names = "--channel-threshold",
      paramLabel = "N",
      description = "How many of the channel's keys must sign together (at first: 1).")
  private @Nullable Integer channelThreshold;

  boolean areComplete() {
    return !rootKeys.isEmpty() && !channelKeys.isEmpty();
  }

  /** The root's, as before where nothing else is said. */
  Role root(@Nullable Role before, Path base) throws IOException, ProblemException {
    return role(rootKeys, rootThreshold, before, base);
  }

  /** The channel's, as before where nothing else is said. */
  Role channel(@Nullable Role before, Path base) throws IOException, ProblemException {
    return role(channelKeys, channelThreshold, before, base);
  }

  private static Role role(
      List<String> named, @Nullable Integer threshold, @Nullable Role before, Path base)
      throws IOException, ProblemException {
    List<String> keys = new ArrayList<>();
    for (String text : named) {
      keys.add(KeyFiles.publicLine(text, base));
    }
    int usual = before == null ? 1 : before.threshold();
    return new Role(
        threshold == null ? usual : threshold,
        keys.isEmpty() && before != null ? before.keys() : keys);
  }
}

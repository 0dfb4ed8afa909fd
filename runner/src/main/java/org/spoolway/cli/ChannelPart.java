package org.spoolway.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.Role;
import org.spoolway.channel.RootFile;
import org.spoolway.publication.ChannelDirectory;
import picocli.CommandLine.Parameters;

/** What the parts of {@code channel} have in common that work on a directory. */
abstract class ChannelPart extends FactVerb {

  /** Nobody can promise anything for longer. */
  private static final int MOST_DAYS = 3650;

  @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the channel.")
  private Path path = Path.of("");

  /** A file that was written, and has to be signed before anybody believes it. */
  record Written(String file, long number, Instant expires, List<Signers> toSign) {}

  /** So many of the keys of a file. */
  record Signers(String of, int threshold, List<String> keys) {}

  final Path path() {
    return machine().workingDirectory().resolve(path);
  }

  final ChannelDirectory directory() {
    return new ChannelDirectory(path());
  }

  /** A time in so many days, in whole seconds. */
  final Instant in(int days) throws UsageException {
    if (days > MOST_DAYS) {
      throw new UsageException(
          "cannot let it count for " + days + " days",
          "Give 1 to " + MOST_DAYS + " with --days; it can be renewed at any time.");
    }
    return machine().clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
  }

  final Written written(ChannelFile channel, RootFile root) {
    return new Written(
        directory().file(ChannelFile.NAME).toString(),
        channel.counter(),
        channel.expires(),
        List.of(signers(RootFile.name(root.version()), root.channel())));
  }

  static Signers signers(String of, Role role) {
    return new Signers(of, role.threshold(), role.keys());
  }

  /** Says what was written, and who has to sign it. */
  final void report(List<Written> files) {
    if (form() == Form.JSON) {
      printJson(files);
      return;
    }
    for (Written file : files) {
      screen()
          .print(
              "wrote %s, number %d, which counts until %s"
                  .formatted(file.file(), file.number(), file.expires()));
      for (Signers signers : file.toSign()) {
        screen()
            .print(
                "to be signed now by %d of the %d keys that %s names: spoolway channel sign %s --key SECRET"
                    .formatted(
                        signers.threshold(), signers.keys().size(), signers.of(), file.file()));
      }
    }
  }
}

package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.channel.ChannelEdit;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.ChannelFile.Change;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.problem.ProblemException;
import org.spoolway.publication.ReleaseArchive;
import org.spoolway.schema.Version;
import org.spoolway.wording.Quoted;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code channel add}. */
@Command(
    name = "add",
    description =
        "Add releases to the list, or say more of those that are there; what is not said of them"
            + " stays as it was.")
final class ChannelAddVerb extends ChannelChangeVerb {

  /** The kinds that completion offers. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ChannelFile.MIGRATIONS.iterator();
    }
  }

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ARCHIVE",
      description = "The archive of a release, called NAME-VERSION with the ending of its kind.")
  private List<Path> archives = new ArrayList<>();

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Its version, where the name does not tell it.")
  private @Nullable Version version;

  @Option(
      names = "--from",
      paramLabel = "VERSION",
      description = "Let only hosts that have this one or a newer one go to it.")
  private @Nullable Version from;

  @Option(names = "--schema-head", paramLabel = "NAME", description = "The last of its migrations.")
  private @Nullable String schemaHead;

  @Option(
      names = "--migrations",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "What its migrations do: none (it has none), expand (they only add) or any.")
  private @Nullable String migrations;

  @Option(
      names = "--ring",
      paramLabel = "N",
      description = "Offer it to so many hosts of a hundred (default: all).")
  private @Nullable Integer ring;

  @ArgGroup(exclusive = false, multiplicity = "0..*")
  private List<Told> changes = new ArrayList<>();

  /** What is new, and why. */
  static final class Told {

    @Option(
        names = "--change",
        required = true,
        paramLabel = "TEXT",
        description = "What is new in it; may be given several times.")
    private String text = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Why that is so; belongs to the --change beside it.")
    private @Nullable String reason;

    private Change change() {
      return new Change(text, reason);
    }
  }

  @Override
  ChannelFile change(ChannelEdit edit) throws IOException, ProblemException, UsageException {
    if (version != null && archives.size() > 1) {
      throw new UsageException(
          "cannot add "
              + archives.size()
              + " archives as "
              + version
              + ": each has its own version",
          "Add them one by one, or leave --version out where the names tell it.");
    }
    requireKind();
    List<Release> added = new ArrayList<>();
    for (Path archive : archives) {
      ReleaseArchive found =
          ReleaseArchive.of(
              machine().workingDirectory().resolve(archive), edit.before().application(), version);
      added.add(release(found, edit.before().release(found.version())));
    }
    return edit.with(added);
  }

  private void requireKind() throws UsageException {
    if (migrations != null && !ChannelFile.MIGRATIONS.contains(migrations)) {
      throw new UsageException(
          "cannot add a release with migrations of the kind " + Quoted.of(migrations),
          "Name one of " + String.join(", ", ChannelFile.MIGRATIONS) + " with --migrations.");
    }
  }

  private Release release(ReleaseArchive found, Optional<Release> known) {
    return new Release(
        found.version(),
        found.file(),
        found.sha256(),
        found.length(),
        from != null ? from : known.map(Release::from).orElse(null),
        schemaHead != null ? schemaHead : known.map(Release::schemaHead).orElse(null),
        migrations != null ? migrations : known.map(Release::migrations).orElse(null),
        ring != null ? ring : known.map(Release::ring).orElse(null),
        changes.isEmpty()
            ? known.map(Release::changes).orElse(List.of())
            : changes.stream().map(Told::change).toList(),
        known.map(Release::yanked).orElse(null));
  }
}

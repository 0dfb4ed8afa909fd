package org.spoolway.hostfile;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;

/**
 * The files that a deployment has put outside: which they are, how they differ from what is to be
 * there, and what was there before a job changed them.
 */
public final class HostFileStore {

  private static final String READABLE = "rw-r--r--";
  private static final String PRIVATE = "rw-------";

  private final StateDir state;

  /** The files of one deployment. */
  public HostFileStore(StateDir state) {
    this.state = state;
  }

  /** What was put there last, so that drift and what is to go are known. */
  record Installed(List<HostFile> files) {}

  /** What a job is about to change, as it was. */
  record Saved(List<FileChange> changes, Installed installed) {}

  /** Whether nothing was put outside yet, or all of it was taken away again. */
  public boolean isEmpty() throws IOException {
    return installed().files().isEmpty();
  }

  /**
   * What would have to change, in the order in which it can: what another file imports comes before
   * it, and goes after it.
   *
   * @param wanted what is to be there; what was put there before and is not among it goes
   * @throws ProblemException {@code HOST_FILE_REFUSED} where a link stands, as for a masked unit
   */
  public List<FileChange> changes(List<HostFile> wanted) throws ProblemException, IOException {
    Map<Path, FileChange> changes = new LinkedHashMap<>();
    for (HostFile file : lastFirst(installed().files())) {
      Optional<String> there = read(file.target());
      there.ifPresent(
          text ->
              changes.put(file.target(), new FileChange(file.target(), file.reader(), text, null)));
    }
    for (HostFile file : wanted) {
      String before = read(file.target()).orElse(null);
      changes.remove(file.target());
      if (!file.content().equals(before)) {
        changes.put(
            file.target(), new FileChange(file.target(), file.reader(), before, file.content()));
      }
    }
    return List.copyOf(changes.values());
  }

  /** What was put there last. */
  List<HostFile> files() throws IOException {
    return installed().files();
  }

  /** What was put there and is not as it was. */
  List<FileChange> drift() throws ProblemException, IOException {
    List<FileChange> drift = new ArrayList<>();
    for (HostFile file : installed().files()) {
      String now = read(file.target()).orElse(null);
      if (!file.content().equals(now)) {
        drift.add(new FileChange(file.target(), file.reader(), now, file.content()));
      }
    }
    return drift;
  }

  /** Makes it durable how everything is, for {@link #putBack}; what earlier jobs saved goes. */
  public void save(long sequence, List<FileChange> changes) throws IOException {
    Files.createDirectories(state.hostFiles());
    try (DirectoryStream<Path> earlier =
        Files.newDirectoryStream(state.hostFiles(), "before-*.json")) {
      for (Path file : earlier) {
        Files.delete(file);
      }
    }
    DurableFiles.replace(
        state.savedHostFiles(sequence),
        SchemaJson.pretty(new Saved(changes, installed())),
        PRIVATE);
  }

  /** Changes the files. */
  public void make(List<FileChange> changes, List<HostFile> wanted) throws IOException {
    mend(changes);
    record(new Installed(wanted));
  }

  /** Changes the files, while what is to be there stays as it is known. */
  void mend(List<FileChange> changes) throws IOException {
    for (FileChange change : changes) {
      write(change.target(), change.after());
    }
  }

  /** Who reads what was put there. */
  Set<Reader> readers() throws IOException {
    Set<Reader> readers = EnumSet.noneOf(Reader.class);
    installed().files().forEach(file -> readers.add(file.reader()));
    return readers;
  }

  private void record(Installed installed) throws IOException {
    Files.createDirectories(state.hostFiles());
    DurableFiles.replace(state.installedHostFiles(), SchemaJson.pretty(installed), PRIVATE);
  }

  /**
   * What a job has saved.
   *
   * @return what it changes; empty when it has come to nothing yet
   */
  public List<FileChange> saved(long sequence) throws IOException {
    return load(state.savedHostFiles(sequence), Saved.class).map(Saved::changes).orElse(List.of());
  }

  /** Makes everything as a job has saved it, the last change first; may be repeated. */
  public void putBack(long sequence) throws IOException {
    Optional<Saved> saved = load(state.savedHostFiles(sequence), Saved.class);
    if (saved.isPresent()) {
      for (FileChange change : lastFirst(saved.get().changes())) {
        write(change.target(), change.before());
      }
      record(saved.get().installed());
    }
  }

  private static <T> List<T> lastFirst(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static void write(Path target, @Nullable String content) throws IOException {
    if (content == null) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        DurableFiles.remove(target);
      }
      return;
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    DurableFiles.replace(target, content.getBytes(StandardCharsets.UTF_8), READABLE);
  }

  private static Optional<String> read(Path target) throws ProblemException, IOException {
    if (Files.isSymbolicLink(target)) {
      throw new ProblemException(
          Problem.HOST_FILE_REFUSED,
          "cannot use " + target + ": it is a link to " + Files.readSymbolicLink(target),
          "Remove the link; `systemctl unmask` does when the unit is masked.",
          null);
    }
    try {
      return Optional.of(Files.readString(target));
    } catch (CharacterCodingException e) {
      throw new ProblemException(
          Problem.HOST_FILE_REFUSED,
          "cannot use " + target + ": it is not UTF-8, and could not be put back as it is",
          "Move it away, or write it in UTF-8.",
          e);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Installed installed() throws IOException {
    return load(state.installedHostFiles(), Installed.class).orElse(new Installed(List.of()));
  }

  private static <T> Optional<T> load(Path file, Class<T> type) throws IOException {
    try {
      return Optional.of(SchemaJson.state(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (SchemaJson.Malformed e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}

package org.spoolway.host.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.StateDir;

/**
 * A bare repository that holds what was fetched from one address. Nothing in it is precious: made
 * anew it is filled again by the next fetch.
 */
final class Mirror {

  private static final String CONFIG =
      """
      [core]
      \trepositoryformatversion = 0
      \tfilemode = true
      \tbare = true
      \tlogallrefupdates = false
      \tfsyncreffiles = true
      """;

  private static final int KEY_LENGTH = 40;

  private final Path directory;

  Mirror(Path directory) {
    this.directory = directory;
  }

  /** The mirror of a deployment's source. */
  static Mirror ofSource(StateDir state) {
    return new Mirror(state.mirror());
  }

  /** The mirror of a submodule's repository; the same for all submodules from one address. */
  static Mirror ofSubmodule(StateDir state, GitUrl url) {
    return new Mirror(state.submoduleMirrors().resolve(key(url) + ".git"));
  }

  private static String key(GitUrl url) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(url.text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, KEY_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where received packs grow. */
  Path objects() {
    return directory.resolve("objects");
  }

  /**
   * Opens it, made when missing and swept clean of what a killed runner left.
   *
   * @throws MirrorDamage when it cannot be read
   * @throws IOException when it cannot be written
   */
  Repository open() throws MirrorDamage, IOException {
    if (!Files.isDirectory(directory)) {
      create();
    }
    MirrorSweep.of(directory);
    try {
      return opened();
    } catch (IOException | IllegalArgumentException e) {
      throw damage("it cannot be opened", e);
    }
  }

  private Repository opened() throws IOException {
    Repository repository =
        new FileRepositoryBuilder()
            .setGitDir(directory.toFile())
            .setBare()
            .setMustExist(true)
            .build();
    try {
      repository.getRefDatabase().getRefs();
      return repository;
    } catch (IOException | RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  /** Writes it beside its place and renames it, so that one that is there is whole. */
  private void create() throws IOException {
    Path fresh = directory.resolveSibling(directory.getFileName() + ".new");
    Directories.delete(fresh);
    Files.createDirectories(fresh.resolve("objects/info"));
    Files.createDirectories(fresh.resolve("objects/pack"));
    Files.createDirectories(fresh.resolve("refs/heads"));
    Files.createDirectories(fresh.resolve("refs/tags"));
    Files.writeString(fresh.resolve("HEAD"), "ref: refs/heads/main\n", StandardCharsets.US_ASCII);
    Files.writeString(fresh.resolve("config"), CONFIG, StandardCharsets.US_ASCII);
    Directories.delete(directory);
    Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Throws everything away; the next {@link #open} starts with an empty mirror. */
  void discard() throws IOException {
    Directories.delete(directory);
  }

  /** Notes under a name that an object is here, with all it is made of. */
  void point(Repository repository, String name, ObjectId object) throws MirrorDamage, IOException {
    RefUpdate update = update(repository, name);
    update.setNewObjectId(object);
    RefUpdate.Result result = update.forceUpdate();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      default -> throw damage("its name " + name + " cannot be set (" + result + ")", null);
    }
  }

  /** The packs that are here, and what lies beside them; none before the first fetch. */
  Set<Path> packs() throws IOException {
    Path packs = objects().resolve("pack");
    if (!Files.isDirectory(packs)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(packs)) {
      return files.collect(Collectors.toUnmodifiableSet());
    }
  }

  /**
   * Removes a tag and what came with it.
   *
   * @param before the packs that stay
   */
  void withdraw(String tag, Set<Path> before) throws IOException {
    Files.deleteIfExists(directory.resolve(Constants.R_TAGS + tag));
    for (Path pack : packs()) {
      if (!before.contains(pack)) {
        Files.delete(pack);
      }
    }
  }

  private RefUpdate update(Repository repository, String name) throws MirrorDamage {
    try {
      return repository.updateRef(name);
    } catch (IOException e) {
      throw damage("its name " + name + " cannot be read", e);
    }
  }

  /** A damage of this mirror. */
  MirrorDamage damage(String observed, @Nullable Throwable cause) {
    return new MirrorDamage(this, observed, cause);
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  /**
   * Removes what a runner that was killed left in a mirror: locks and half-received packs. The
   * living runner holds the deployment's kernel lock, so nobody else can be at work in there.
   */
  private static final class MirrorSweep extends SimpleFileVisitor<Path> {

    private MirrorSweep() {}

    /** Sweeps a mirror. */
    static void of(Path mirror) throws IOException {
      Files.walkFileTree(mirror, new MirrorSweep());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = file.getFileName().toString();
      if (name.endsWith(".lock") || name.endsWith(".keep") || IncomingPack.isName(name)) {
        Files.delete(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /** A mirror lacks or garbles what it should hold; made anew it will be whole again. */
  static final class MirrorDamage extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Mirror mirror;

    MirrorDamage(Mirror mirror, String observed, @Nullable Throwable cause) {
      super(observed, cause);
      this.mirror = mirror;
    }

    /** Which mirror it is. */
    Mirror mirror() {
      return mirror;
    }

    /** What was observed, as the part of a sentence that follows a colon. */
    String observed() {
      return String.valueOf(getMessage());
    }
  }
}

package org.spoolway.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.spoolway.durable.Checksum;
import org.spoolway.migration.MigrationFile.Transaction;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Reads the migrations of a release. */
public final class MigrationFiles {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}");
  private static final Pattern INSTRUCTION = Pattern.compile("\\s*--\\s*spoolway:\\s*(.*?)\\s*");
  private static final Pattern COMMENT = Pattern.compile("\\s*(--.*)?");
  private static final String NO_TRANSACTION = "no-transaction";

  /** No line of comment that a person has written is longer; more is not looked through. */
  private static final int HEAD = 1 << 16;

  private MigrationFiles() {}

  /**
   * The migrations of a release that is on this host, in the order in which they are applied: that
   * of their names' bytes.
   *
   * @throws ProblemException {@code MIGRATION_REFUSED} when there are none, or one is no plain file
   *     or not named as one must be
   */
  public static List<MigrationFile> in(Path release, SqlFiles sql)
      throws ProblemException, IOException {
    List<MigrationFile> files = new ArrayList<>();
    Path directory = release.resolve(sql.directory());
    if (isWithoutLinks(release, directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          if (sql.matches(String.valueOf(entry.getFileName()))) {
            files.add(read(entry, release.relativize(entry)));
          }
        }
      }
    }
    if (files.isEmpty()) {
      throw refused(
          "cannot migrate with " + release + ": it has no file " + sql.glob(),
          "Correct `migrate.sql`, or ship the files with the release.");
    }
    files.sort(Comparator.comparing(MigrationFile::name));
    return List.copyOf(files);
  }

  /** The names alone, whatever they stand for; empty when there are none. */
  public static List<String> names(Path release, SqlFiles sql) throws IOException {
    Path directory = release.resolve(sql.directory());
    if (!isWithoutLinks(release, directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(sql::matches)
          .sorted()
          .toList();
    }
  }

  /** A link could lead to what the application writes. */
  private static boolean isWithoutLinks(Path release, Path directory) {
    Path part = release;
    for (Path name : release.relativize(directory)) {
      part = part.resolve(name);
      if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private static MigrationFile read(Path file, Path shown) throws ProblemException, IOException {
    String name = String.valueOf(file.getFileName());
    if (!NAME.matcher(name).matches()) {
      throw refused(
          "cannot use the migration " + printable(shown) + ": its name has other characters",
          "Name it with letters, digits, dots, dashes, pluses and underscores alone.");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(
          "cannot use the migration " + shown + ": it is no plain file",
          "Ship the file itself, no link to it.");
    }
    return new MigrationFile(name, file, Checksum.of(file), transaction(file, shown));
  }

  /** What the comments say that a file begins with. */
  private static Transaction transaction(Path file, Path shown)
      throws ProblemException, IOException {
    for (String line : head(file)) {
      Matcher instruction = INSTRUCTION.matcher(line);
      if (instruction.matches()) {
        if (!instruction.group(1).equals(NO_TRANSACTION)) {
          throw refused(
              "cannot use the migration "
                  + shown
                  + ": it says `"
                  + instruction.group(1)
                  + "`, which means nothing",
              "The one thing that can be said is `-- spoolway: " + NO_TRANSACTION + "`.");
        }
        return Transaction.NONE;
      }
    }
    return Transaction.OWN;
  }

  private static List<String> head(Path file) throws IOException {
    byte[] bytes;
    try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = content.readNBytes(HEAD);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return unmarked(text).lines().takeWhile(line -> COMMENT.matcher(line).matches()).toList();
  }

  /** Without the mark that some editors put before UTF-8. */
  private static String unmarked(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static String printable(Path path) {
    return path.toString().replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static ProblemException refused(String message, String fix) {
    return new ProblemException(Problem.MIGRATION_REFUSED, message, fix, null);
  }
}

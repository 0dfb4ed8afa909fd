package org.spoolway.host.git;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.spoolway.host.git.Mirror.MirrorDamage;

/** What the maker of a release wrote about it. */
final class TagMessage {

  private static final int MAX_LENGTH = 4000;
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?ms)^-----BEGIN (PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----.*");

  private TagMessage() {}

  /**
   * Reads the message of an annotated tag, or of the commit that a lightweight one names.
   *
   * @return empty when the mirror does not have it
   */
  static Optional<String> find(Part release, Repository mirror) throws MirrorDamage {
    try (RevWalk walk = new RevWalk(mirror)) {
      return Optional.of(presentable(message(walk.parseAny(release.object()))));
    } catch (MissingObjectException missing) {
      return Optional.empty();
    } catch (IOException e) {
      throw release.mirror().damage("a tag cannot be read", e);
    }
  }

  private static String message(RevObject named) {
    if (named instanceof RevTag tag) {
      return tag.getFullMessage();
    }
    return named instanceof RevCommit commit ? commit.getFullMessage() : "";
  }

  /** A message without its signature, and no longer than anybody would read. */
  static String presentable(String message) {
    String text = SIGNATURE.matcher(message).replaceFirst("").strip();
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return text.substring(0, end).strip();
  }
}

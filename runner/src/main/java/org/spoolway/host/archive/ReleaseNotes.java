package org.spoolway.host.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveNames;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.TrustedKeys;

/** What makers say of their releases, in a file beside the archive. */
final class ReleaseNotes {

  private static final Logger LOG = LoggerFactory.getLogger(ReleaseNotes.class);

  private static final List<String> ENDINGS = List.of(".md", ".txt");

  /** Nobody would read more. */
  private static final int LONGEST = 4000;

  private final Shelf shelf;
  private final TrustedKeys trust;

  ReleaseNotes(Shelf shelf, TrustedKeys trust) {
    this.shelf = shelf;
    this.trust = trust;
  }

  /**
   * Reads the notes of a release.
   *
   * @param archive its name
   * @param files what lies beside the archive
   * @return empty when there are none, or none by those whose word counts
   */
  String of(String archive, Set<String> files, Errand errand) throws ProblemException {
    String stem = ArchiveNames.stem(archive);
    for (String ending : ENDINGS) {
      if (files.contains(stem + ending)) {
        byte[] notes = shelf.read(stem + ending, errand).orElse(new byte[0]);
        return isTheirs(stem + ending, notes, errand) ? presentable(text(notes)) : "";
      }
    }
    return trust.isEmpty() ? presentable(shelf.notes(archive, errand)) : "";
  }

  private boolean isTheirs(String name, byte[] notes, Errand errand) throws ProblemException {
    if (trust.isEmpty()) {
      return true;
    }
    try {
      new Signatures(shelf).of(name, trust, errand).requireOf(new ByteArrayInputStream(notes));
      return true;
    } catch (SignatureException refused) {
      LOG.info("{} is not shown: {}", name, refused.observed());
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static String text(byte[] notes) {
    return new String(notes, StandardCharsets.UTF_8);
  }

  private static String presentable(String notes) {
    String text = notes.strip();
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end).strip();
  }
}

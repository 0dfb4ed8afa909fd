package org.spoolway.host.directory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.MinisignSignature;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.TrustedKeys;

/** What makers say of their releases, in a file beside the candidate: as beside an archive. */
final class CandidateNotes {

  private static final Logger LOG = LoggerFactory.getLogger(CandidateNotes.class);
  private static final List<String> ENDINGS = List.of(".md", ".txt");

  /** Nobody would read more. */
  private static final int LONGEST = 4000;

  private final SmallFiles files;
  private final TrustedKeys trust;

  CandidateNotes(SmallFiles files, TrustedKeys trust) {
    this.files = files;
    this.trust = trust;
  }

  /** The notes of a candidate; empty when there are none, or none by those whose word counts. */
  String of(String candidate) throws ProblemException, IOException {
    for (String ending : ENDINGS) {
      Optional<byte[]> notes = files.read(candidate + ending);
      if (notes.isPresent()) {
        return isTheirs(candidate + ending, notes.get()) ? presentable(notes.get()) : "";
      }
    }
    return "";
  }

  private boolean isTheirs(String name, byte[] notes) throws ProblemException, IOException {
    if (trust.isEmpty()) {
      return true;
    }
    try {
      String signature = name + CandidateDirectory.SIGNATURE;
      MinisignSignature read =
          MinisignSignature.parse(
              files
                  .read(signature)
                  .orElseThrow(() -> new SignatureException("there is no " + signature)));
      read.requireContent(new ByteArrayInputStream(notes), read.signer(name, trust));
      return true;
    } catch (SignatureException refused) {
      LOG.info("{} is not shown: {}", Path.of(name), refused.observed());
      return false;
    }
  }

  private static String presentable(byte[] notes) {
    String text = new String(notes, StandardCharsets.UTF_8).strip();
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end).strip();
  }
}

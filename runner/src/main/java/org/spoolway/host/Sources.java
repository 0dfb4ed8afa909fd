package org.spoolway.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/** Where releases come from. */
public interface Sources {

  /**
   * All versions on offer, in no particular order; cheap, fetches no content. Tags that are not
   * semantic versions are left out.
   *
   * @throws ProblemException {@code SOURCE_UNREACHABLE}
   */
  List<Candidate> candidates() throws ProblemException;

  /**
   * Brings a candidate's content to this host; repeated or resumed after a crash it fetches only
   * what is missing.
   *
   * @throws ProblemException {@code SOURCE_UNREACHABLE}, {@code SOURCE_CHANGED} when the tag is
   *     gone or names another object by now, {@code DISK_FULL}, {@code INTERRUPTED}
   */
  void fetch(Candidate candidate, Progress progress, Interruption interruption)
      throws ProblemException;

  /**
   * Writes a fetched candidate's tree into a fresh directory: files, modes, links and submodules.
   *
   * @param into does not exist yet; its parent does
   * @throws ProblemException {@code SOURCE_UNUSABLE} for a tree that cannot be a release, {@code
   *     DISK_FULL}, {@code STORAGE_FAILED}, {@code INTERRUPTED}
   */
  void export(Candidate candidate, Path into, Progress progress, Interruption interruption)
      throws ProblemException;

  /**
   * What a candidate's maker says of it, fetching what that needs and no more.
   *
   * @return the tag's message, or its commit's; empty when there is none
   * @throws ProblemException {@code SOURCE_UNREACHABLE}
   */
  String notes(Candidate candidate) throws ProblemException;

  /**
   * Who has signed a candidate: its content, under its name. Fetches what that needs.
   *
   * @param trust the keys that count; at least one
   * @return the one that did, and what exactly it has signed
   * @throws ProblemException {@code SIGNATURE_REFUSED} when none of them did, {@code
   *     SOURCE_UNREACHABLE}, {@code SOURCE_CHANGED}
   */
  Signed signer(Candidate candidate, TrustedKeys trust) throws ProblemException;

  /**
   * The text files right in one directory of a candidate's tree, by name, fetching what that needs.
   *
   * @param directory from the tree's root
   * @return empty when the tree has no such directory
   * @throws ProblemException {@code SOURCE_UNREACHABLE}, {@code SOURCE_UNUSABLE} for a file that is
   *     longer than 64 KiB
   */
  Map<String, String> files(Candidate candidate, String directory) throws ProblemException;

  /**
   * What lies at the source as a release would and is none, each with the reason in brackets, as it
   * was seen when {@link #candidates} was asked last; for people.
   */
  default List<String> refused() {
    return List.of();
  }

  /**
   * A version on offer.
   *
   * @param version the semantic version
   * @param tag its name at the source
   * @param object the id of what the tag names, so that a moved tag is noticed
   * @param offer for whom it is
   */
  record Candidate(Version version, String tag, String object, Offer offer) {

    /** For everybody. */
    public Candidate(Version version, String tag, String object) {
      this(version, tag, object, Offer.TO_ALL);
    }
  }

  /**
   * For whom its makers mean a version, where they say so.
   *
   * @param from the lowest version from which it can be reached, or null for any
   * @param hosts how many hosts of a hundred it is for so far
   * @param yanked why nobody should take it any more, or null
   */
  record Offer(@Nullable Version from, int hosts, @Nullable String yanked) {

    /** Every host. */
    public static final int ALL_HOSTS = 100;

    /** Nothing is said. */
    public static final Offer TO_ALL = new Offer(null, ALL_HOSTS, null);
  }
}

package org.spoolway.trust;

/**
 * What somebody whose word counts has signed.
 *
 * @param by the key, as people know it, or several
 * @param name by which the same version is told from itself in another form; in git there is none
 * @param content what stands for the content that was signed, and for no other: in git the commit's
 *     id, since the same tag can be written in several ways; of an archive the hash of its
 *     signature, which is known, and somebody's, before the archive is; in a signed channel the
 *     hash of the archive
 */
public record Signed(String by, String name, String content) {

  /** Of a source in which there is one of each version only. */
  public Signed(String by, String content) {
    this(by, "", content);
  }
}

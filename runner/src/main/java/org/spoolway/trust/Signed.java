package org.spoolway.trust;

/**
 * What somebody whose word counts has signed.
 *
 * @param by the key
 * @param content what stands for the content that was signed, and for no other: in git the commit's
 *     id, since the same tag can be written in several ways; of an archive the hash of its
 *     signature, which is known, and somebody's, before the archive is
 */
public record Signed(TrustedKey by, String content) {}

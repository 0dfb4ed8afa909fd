package org.spoolway.trust;

/**
 * What somebody whose word counts has signed.
 *
 * @param by the key
 * @param content the hash of what was signed; in git the commit's id, since the same tag can be
 *     written in several ways
 */
public record Signed(TrustedKey by, String content) {}

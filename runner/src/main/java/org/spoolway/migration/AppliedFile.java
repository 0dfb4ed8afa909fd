package org.spoolway.migration;

/**
 * A migration that the database has seen, as its history tells.
 *
 * @param name the file's name at that time
 * @param sha256 of its bytes at that time
 */
public record AppliedFile(String name, String sha256) {}

package org.spoolway.host.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Starts a process that does, as the application's user, what is to be done in the database's
 * directory: {@link SqliteDatabase#serve} is what it runs. Nobody else starts it for long: one is
 * asked for each snapshot, restore or look.
 */
@FunctionalInterface
public interface Delegation {

  /** Starts one. */
  Link start() throws IOException;

  /**
   * What leads to it.
   *
   * @param answers what it prints
   * @param questions what it reads; it ends when this is closed
   * @param end kills it if it is still there
   */
  record Link(InputStream answers, OutputStream questions, Closeable end) {}
}

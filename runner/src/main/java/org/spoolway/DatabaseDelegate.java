package org.spoolway;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * What a runner that is root starts as the application's user, to work in the directory of its
 * SQLite database. Nothing for people: it reads questions and prints answers.
 */
public final class DatabaseDelegate {

  private static final int BUFFER = 1 << 16;

  private DatabaseDelegate() {}

  /**
   * Answers until there are no more questions.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    // Nothing but answers may be printed there.
    System.setOut(System.err);
    Wiring.answerAsDelegate(
        System.in, new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER));
  }
}

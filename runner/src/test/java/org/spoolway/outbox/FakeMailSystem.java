package org.spoolway.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;

/** A mail system that only pretends. Any thread may ask and look. */
public final class FakeMailSystem implements MailSystem {

  private final List<String> mails = new CopyOnWriteArrayList<>();
  private volatile Exit exit = new Exit.Status(0);

  /** Ends so from now on. */
  public void exit(Exit other) {
    exit = other;
  }

  /** All mails that it was handed, in order, also those that it did not take. */
  public List<String> mails() {
    return List.copyOf(mails);
  }

  @Override
  public Exit hand(Path program, Path mail, Output output, Interruption interruption) {
    try {
      mails.add(Files.readString(mail, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exit;
  }
}

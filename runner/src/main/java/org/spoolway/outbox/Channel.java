package org.spoolway.outbox;

import org.spoolway.host.Interruption;

/** One way to people. Used by one thread. */
interface Channel {

  /** What the file of a message calls it: {@code command}, {@code webhook} or {@code mail}. */
  String name();

  /**
   * Tries to deliver a message; ends within a minute or the time that the deployment file sets.
   *
   * @param interruption ends it early; whether the message was delivered is then unknown
   */
  Delivery deliver(Message message, Interruption interruption);

  /** What came of a try. */
  sealed interface Delivery {

    /** Whoever is behind the channel has it. */
    record Done() implements Delivery {}

    /** It may be tried again. */
    record Failed(String message, String fix) implements Delivery {}

    /** It was understood and turned down; another try would be, too. */
    record Refused(String message, String fix) implements Delivery {}
  }
}

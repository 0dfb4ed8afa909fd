package org.spoolway.host.unpack;

import java.io.IOException;
import org.apache.commons.compress.MemoryLimitException;
import org.spoolway.host.unpack.ArchiveFile.ReadFailure;
import org.spoolway.wording.Printable;

/** An archive cannot be a release; the message says why. */
public final class UnusableArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  UnusableArchiveException(String reason) {
    super(reason);
  }

  private UnusableArchiveException(String reason, IOException cause) {
    super(reason, cause);
  }

  /** Why, as the part of a sentence that follows a colon. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /**
   * What a failure to unpack amounts to: the archive's fault, unless what the library reads from
   * had failed before.
   */
  static IOException of(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnusableArchiveException unusable) {
        return unusable;
      }
      if (cause instanceof AbandonedException || cause instanceof ReadFailure) {
        return (IOException) cause;
      }
      if (cause instanceof MemoryLimitException) {
        return new UnusableArchiveException(
            "it takes more than "
                + (Decompression.MEMORY_KIB >> 10)
                + " MiB of memory to unpack; pack it with xz -9 or less",
            failure);
      }
    }
    return new UnusableArchiveException(
        "it is damaged, cut short or packed in a way that is not supported ("
            + Printable.line(String.valueOf(said(failure)))
            + ")",
        failure);
  }

  /** The innermost complaint: those around it name temporary things. */
  private static String said(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      innermost = cause;
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }
}

package org.spoolway.host;

/** Where a command's output goes, as it comes; called from one thread at a time. */
@FunctionalInterface
public interface Output {

  /** Takes some bytes; must be quick and must not fail, for a full log must not stop a command. */
  void write(byte[] bytes, int offset, int length);
}

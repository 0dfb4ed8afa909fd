package org.spoolway.host.unpack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a tar file before an entry that its header has no room for: by POSIX ("pax") lines
 * of {@code LENGTH KEY=VALUE}, by GNU a long name or a long target alone.
 */
final class TarNotes {

  private byte @Nullable [] name;
  private byte @Nullable [] target;
  private long size = -1;
  private boolean sparse;

  /** The name of the next entry, or else what its header says. */
  byte[] nameOr(byte[] inHeader) {
    return name == null ? inHeader : name;
  }

  /** The target of the next entry, or else what its header says. */
  byte[] targetOr(byte[] inHeader) {
    return target == null ? inHeader : target;
  }

  /** The size of the next entry, or else what its header says. */
  long sizeOr(long inHeader) {
    return size < 0 ? inHeader : size;
  }

  /** Whether the content of the next entry has holes, written in a way of GNU's. */
  boolean isSparse() {
    return sparse;
  }

  /** Takes a long name of GNU's; what POSIX says counts more, as in GNU tar. */
  void gnuName(byte[] content) {
    name = name == null ? beforeNul(content) : name;
  }

  /** Takes a long target of GNU's. */
  void gnuTarget(byte[] content) {
    target = target == null ? beforeNul(content) : target;
  }

  private static byte[] beforeNul(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    return Arrays.copyOf(content, end);
  }

  /** Takes lines of POSIX's for the next entry. */
  void pax(byte[] content) throws UnusableArchiveException {
    int start = 0;
    while (start < content.length) {
      start = line(content, start);
    }
  }

  /** Reads lines of POSIX's for all entries, of which none may be about what they are. */
  static void requireHarmless(byte[] content) throws UnusableArchiveException {
    TarNotes forAll = new TarNotes();
    forAll.pax(content);
    if (forAll.name != null || forAll.target != null || forAll.size >= 0 || forAll.sparse) {
      throw new UnusableArchiveException("it gives all its entries the same name or size");
    }
  }

  /** Takes the line at a place; gives where the next one starts. */
  private int line(byte[] content, int start) throws UnusableArchiveException {
    int blank = indexOf((byte) ' ', content, start, content.length);
    int end = start + length(content, start, blank);
    if (end <= blank || end > content.length || content[end - 1] != '\n') {
      throw garbled();
    }
    int equals = indexOf((byte) '=', content, blank, end);
    String key = new String(content, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
    take(key, Arrays.copyOfRange(content, equals + 1, end - 1));
    return end;
  }

  private static int length(byte[] content, int start, int end) throws UnusableArchiveException {
    try {
      return Integer.parseUnsignedInt(
          new String(content, start, end - start, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw garbled();
    }
  }

  private static int indexOf(byte wanted, byte[] content, int start, int end)
      throws UnusableArchiveException {
    for (int i = start; i < end; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    throw garbled();
  }

  private void take(String key, byte[] value) throws UnusableArchiveException {
    switch (key) {
      case "path" -> name = value;
      case "linkpath" -> target = value;
      case "size" -> size = size(value);
      default -> sparse = sparse || key.startsWith("GNU.sparse.");
    }
  }

  private static long size(byte[] value) throws UnusableArchiveException {
    try {
      long size = Long.parseLong(new String(value, StandardCharsets.ISO_8859_1));
      if (size < 0) {
        throw garbled();
      }
      return size;
    } catch (NumberFormatException e) {
      throw garbled();
    }
  }

  private static UnusableArchiveException garbled() {
    return new UnusableArchiveException("a note on an entry in it is garbled");
  }
}

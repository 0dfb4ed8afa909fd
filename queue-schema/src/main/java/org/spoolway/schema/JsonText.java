package org.spoolway.schema;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a document, and how its places are named to people. */
record JsonText(String characters) {

  /** Decodes UTF-8; RFC 8259 forbids a byte order mark, and no JSON text has a NUL byte. */
  static JsonText decode(byte[] bytes) throws SchemaJson.Malformed {
    if (bytes.length == 0) {
      throw new SchemaJson.Malformed("it is empty");
    }
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF) {
      throw new SchemaJson.Malformed("it starts with a byte order mark");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      JsonText text =
          new JsonText(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT)
                  .decode(buffer)
                  .toString());
      int nul = text.characters.indexOf('\0');
      if (nul >= 0) {
        throw new SchemaJson.Malformed("there is a NUL byte" + text.place(nul));
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new SchemaJson.Malformed("it is not UTF-8 (byte " + (buffer.position() + 1) + ")");
    }
  }

  /** A place as messages name it; lines and columns count from 1, columns in UTF-16 units. */
  String place(int offset) {
    int line = 1;
    int start = 0;
    for (int end = characters.indexOf('\n');
        end >= 0 && end < offset;
        end = characters.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    return " (line " + line + ", column " + (offset - start + 1) + ")";
  }

  /**
   * Where the word begins that is at fault when a tokenizer gave up at a place: it stops within a
   * word or right behind one.
   */
  int wordStart(int offset) {
    int start = Math.min(offset, characters.length());
    if (start < characters.length() && Character.isISOControl(characters.charAt(start))) {
      return start;
    }
    while (start > 0 && isWord(characters.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** The word that begins at a place, or the one character that stands there. */
  String wordAt(int start) {
    int end = start;
    while (end < characters.length() && isWord(characters.charAt(end))) {
      end++;
    }
    int least = Math.min(start + 1, characters.length());
    return characters.substring(start, Math.max(end, least));
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || "\\_.+-".indexOf(c) >= 0;
  }
}

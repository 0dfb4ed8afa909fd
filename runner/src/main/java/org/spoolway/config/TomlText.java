package org.spoolway.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;
import tools.jackson.dataformat.toml.TomlReadFeature;

/** The form of a deployment file: UTF-8 and TOML. */
final class TomlText {

  /** Dates as dates, so that none passes for a string. */
  private static final TomlMapper MAPPER =
      TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();

  private TomlText() {}

  /** The document in a file's bytes, or null when it has none: the findings then say why. */
  static @Nullable TomlDocument document(byte[] bytes, Findings findings) {
    String text = decode(bytes, findings);
    ObjectNode tree = text == null ? null : parse(text, findings);
    return tree == null || text == null
        ? null
        : new TomlDocument(tree, new KeyLocator(text), findings);
  }

  private static @Nullable String decode(byte[] bytes, Findings findings) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      findings.add(line, "it is not UTF-8");
      return null;
    }
  }

  private static @Nullable ObjectNode parse(String text, Findings findings) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (StreamConstraintsException e) {
      findings.add(Findings.NO_LINE, "it nests too deep, or has a number that is too long");
    } catch (JacksonException e) {
      int offset = culprit(text, e.getLocation());
      int start = text.lastIndexOf('\n', offset - 1) + 1;
      int line = (int) text.substring(0, start).lines().count() + 1;
      findings.add(line, "column " + (offset - start + 1) + ": it is not TOML: " + reason(e));
    }
    return null;
  }

  /** The parser notices some errors only at the next line; what it complains of stands before. */
  private static int culprit(String text, @Nullable TokenStreamLocation location) {
    long told = location == null ? 0 : Math.max(0, location.getCharOffset());
    int offset = (int) Math.min(told, text.length());
    boolean behind = offset == text.length() || Character.isWhitespace(text.charAt(offset));
    boolean atLineStart = offset > 0 && text.charAt(offset - 1) == '\n';
    while ((behind || atLineStart) && offset > 0) {
      offset--;
      behind = Character.isWhitespace(text.charAt(offset));
      atLineStart = false;
    }
    return offset;
  }

  private static String reason(JacksonException e) {
    String reason = e.getOriginalMessage();
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}

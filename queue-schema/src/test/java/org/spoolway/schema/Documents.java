package org.spoolway.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.instancio.Random;
import org.instancio.junit.GivenProvider;
import org.spoolway.foreign.ForeignText;

/** Bytes that somebody may call a request, from plain noise to what is nearly one. */
final class Documents {

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "{\"action\":\"check\"}",
          "\"action\"",
          "\"check\"",
          "\"params\"",
          "\"id\"",
          "\"dryRun\"",
          "\"notBefore\"",
          "true",
          "false",
          "null",
          "0",
          "-1",
          "1e999999999",
          "01",
          "+1",
          "NaN",
          "\\u",
          "\\ud800",
          "\\u0000",
          "//",
          "/*",
          "*/",
          "'",
          " ",
          "\n",
          "\r",
          "\t",
          "\ufeff",
          "\0",
          "\u001b[2J");

  private Documents() {}

  /** Bytes of any value. */
  static final class Noise implements GivenProvider {
    @Override
    public byte[] provide(ElementContext context) {
      byte[] bytes = new byte[context.random().intRange(0, 60)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = context.random().byteRange(Byte.MIN_VALUE, Byte.MAX_VALUE);
      }
      return bytes;
    }
  }

  /** What JSON is made of, in any order. */
  static final class Tokens implements GivenProvider {
    @Override
    public byte[] provide(ElementContext context) {
      Random random = context.random();
      StringBuilder text = new StringBuilder(random.oneOf("", "{", "{\"action\":\"check\","));
      for (int i = random.intRange(0, 20); i > 0; i--) {
        text.append(random.diceRoll(true) ? ForeignText.of(random) : random.oneOf(TOKENS));
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A valid request with one to three of its bytes inserted, removed, replaced or doubled. */
  static final class Damaged implements GivenProvider {
    @Override
    public byte[] provide(ElementContext context) {
      Random random = context.random();
      byte[] bytes = written(random);
      for (int i = random.intRange(1, 3); i > 0; i--) {
        bytes = damaged(random, bytes);
      }
      return bytes;
    }
  }

  static byte[] written(Random random) {
    Request request = Requests.of(random);
    return random.trueOrFalse()
        ? SchemaJson.pretty(request)
        : SchemaJson.line(request).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] damaged(Random random, byte[] bytes) {
    int from = random.intRange(0, bytes.length);
    int to = Math.min(bytes.length, from + random.intRange(0, 3));
    byte[] instead =
        switch (random.intRange(0, 3)) {
          case 0 -> new byte[0];
          case 1 -> new byte[] {random.byteRange(Byte.MIN_VALUE, Byte.MAX_VALUE)};
          case 2 -> random.oneOf(TOKENS).getBytes(StandardCharsets.UTF_8);
          default -> Arrays.copyOfRange(bytes, from, to);
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(instead);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}

package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.instancio.Random;
import org.instancio.junit.Given;
import org.instancio.junit.GivenProvider;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schema and record agree about values near the border of what they allow; {@link
 * MutatedExamplesTest} demands the same about types.
 */
@ExtendWith(InstancioExtension.class)
class SchemaAgreementTest {

  private static final int SAMPLES = 6_000;

  /** Well-formed documents, each field of which may be a little wrong. */
  static final class NearRequests implements GivenProvider {
    private static final List<String> NUMBERS =
        List.of("0", "1", "00", "01", "9".repeat(18), "1" + "0".repeat(18), "", "x", "-1", "٣");

    @Override
    public String provide(ElementContext context) {
      Random random = context.random();
      ObjectNode params = JsonMapper.shared().createObjectNode();
      set(params, random, "version", version(random));
      set(params, random, "id", id(random));
      ObjectNode fields = JsonMapper.shared().createObjectNode();
      set(fields, random, "schema", random.oneOf("spoolway/request/v1", "spoolway/request/v2"));
      set(fields, random, "id", id(random));
      set(fields, random, "notBefore", time(random));
      set(fields, random, "expires", time(random));
      fields.put("action", random.oneOf("check", "update", "rollback", "modules", "Check", ""));
      if (random.trueOrFalse()) {
        fields.set("params", params);
      }
      return fields.toString();
    }

    private static void set(ObjectNode object, Random random, String name, String value) {
      if (random.intRange(0, 3) == 0) {
        object.put(name, value);
      }
    }

    private static String version(Random random) {
      String three =
          Stream.generate(() -> random.intRange(0, 3) == 0 ? random.oneOf(NUMBERS) : "7")
              .limit(3)
              .reduce((a, b) -> a + "." + b)
              .orElseThrow();
      return three
          + random.oneOf("", "", "-", "-rc.1", "-01", "-0a", "--", "-a..b", "\n", " ")
          + random.oneOf("", "", "+", "+01", "+a.-", "+a+b", "+" + "x".repeat(120));
    }

    private static String id(Random random) {
      return random.oneOf("a", "0", "Z", "", ".", "-", "_", "é", "a\n", "a b", "a/b")
          + random.oneOf("", "._-", "x".repeat(62), "x".repeat(63), "x".repeat(64));
    }

    private static String time(Random random) {
      return random.oneOf("2026", "0000", "9999", "1900", "2024", "-2026", "12026", "２026")
          + random.oneOf("-11-21", "-02-28", "-02-29", "-02-30", "-13-01", "-00-10", "-04-31")
          + random.oneOf("T", "T", "T", "t", " ")
          + random.oneOf("00:00:00", "23:59:59", "23:59:60", "24:00:00", "12:60:00", "12:00")
          + random.oneOf("", "", ".5", ".123456789", ".1234567890", ".", ",5")
          + random.oneOf("Z", "Z", "z", "+00:00", "-18:00", "+18:01", "+17:59", "+5:00", "");
    }
  }

  @Test
  void schemaAndRecordAgreeAboutValuesNearTheBorder(
      @Given(NearRequests.class) Stream<String> documents) {
    JsonSchema schema = Golden.REQUEST.schema();
    List<String> seen = documents.limit(SAMPLES).toList();
    List<String> disagreements =
        seen.stream().filter(json -> schema.accepts(json) != isRead(json)).toList();
    assertEquals(List.of(), disagreements);
    long read = seen.stream().filter(SchemaAgreementTest::isRead).count();
    assertTrue(read > SAMPLES / 50 && read < SAMPLES, read + " of them are requests");
  }

  private static boolean isRead(String json) {
    return !Verdict.on(json.getBytes(StandardCharsets.UTF_8)).isRefused();
  }
}

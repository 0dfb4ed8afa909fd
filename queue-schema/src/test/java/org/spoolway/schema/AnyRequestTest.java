package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.instancio.junit.Given;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.spoolway.wording.Quoted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds of every request that can be written, and of every file that only looks like one. */
@ExtendWith(InstancioExtension.class)
class AnyRequestTest {

  private static final int SAMPLES = 500;

  @Test
  void whatIsWrittenIsReadBackEqualAndTheSchemaAgrees(
      @Given(Requests.class) Stream<Request> requests) {
    JsonSchema schema = Golden.REQUEST.schema();
    requests
        .limit(SAMPLES)
        .forEach(
            request -> {
              String line = SchemaJson.line(request);
              assertEquals(request, Verdict.on(utf8(line)).request(), line);
              assertEquals(request, Verdict.on(SchemaJson.pretty(request)).request(), line);
              assertEquals(List.of(), schema.errors(line), line);
            });
  }

  @Test
  void anyBytesAreAcceptedOrRefusedWithTheirPlace(
      @Given(Documents.Noise.class) Stream<byte[]> noise,
      @Given(Documents.Tokens.class) Stream<byte[]> tokens) {
    Stream.concat(noise.limit(10 * SAMPLES), tokens.limit(20 * SAMPLES)).forEach(this::judge);
  }

  @Test
  void aDamagedRequestIsRefusedOrMeansWhatItSays(
      @Given(Documents.Damaged.class) Stream<byte[]> documents) {
    List<byte[]> damaged = documents.limit(10 * SAMPLES).toList();
    int accepted = 0;
    for (byte[] bytes : damaged) {
      Verdict verdict = judge(bytes);
      if (!verdict.isRefused()) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertEquals(Meaning.of(text), Meaning.of(verdict.accepted().orElseThrow()), text);
        accepted++;
      }
    }
    assertTrue(accepted > 0 && accepted < damaged.size() / 2, accepted + " accepted");
  }

  @Test
  void aFieldThatStandsTwiceIsRefusedWhereverItStands(
      @Given(Requests.class) Stream<Request> requests) {
    requests
        .limit(SAMPLES / 3)
        .map(SchemaJson::line)
        .forEach(
            line ->
                doubled(line)
                    .forEach(
                        twice -> {
                          String refusal = judge(utf8(twice)).refusal();
                          assertTrue(
                              refusal != null && refusal.startsWith("duplicate field \""), twice);
                        }));
  }

  @Test
  void whatFollowsOrPrecedesARequestIsRefusedUnlessItIsBlank(
      @Given(Requests.class) Stream<Request> requests) {
    requests
        .limit(SAMPLES / 50)
        .forEach(
            request -> {
              String line = SchemaJson.line(request);
              for (int c = 0; c < 0x100; c++) {
                boolean blank = " \t\r\n".indexOf(c) >= 0;
                for (String text : List.of(line + (char) c, (char) c + line)) {
                  Verdict verdict = judge(utf8(text));
                  assertEquals(!blank, verdict.isRefused(), Quoted.of(text));
                }
              }
              assertTrue(judge(utf8("\ufeff" + line)).isRefused(), line);
            });
  }

  @Test
  void anotherEncodingIsRefused(@Given(Requests.class) Stream<Request> requests) {
    List<Charset> others =
        Stream.of(
                "UTF-16",
                "UTF-16LE",
                "UTF-16BE",
                "X-UTF-16LE-BOM",
                "UTF-32",
                "UTF-32LE",
                "UTF-32BE",
                "X-UTF-32LE-BOM",
                "X-UTF-32BE-BOM",
                "IBM037")
            .map(Charset::forName)
            .toList();
    requests
        .limit(SAMPLES / 5)
        .map(SchemaJson::line)
        .forEach(
            line ->
                others.forEach(
                    it -> assertTrue(judge(line.getBytes(it)).isRefused(), it + " " + line)));
  }

  /** Every way to name one of the fields a second time, spelled as it is or in escapes. */
  private static List<String> doubled(String line) {
    List<String> doubled = new ArrayList<>();
    JsonNode root = JsonMapper.shared().readTree(line);
    for (String name : root.propertyNames()) {
      String value = root.get(name).toString();
      doubled.add("{\"" + name + "\":" + value + "," + line.substring(1));
      doubled.add(line.substring(0, line.length() - 1) + ",\"" + escaped(name) + "\":0}");
    }
    for (String name : root.path("params").propertyNames()) {
      doubled.add(line.replace("\"params\":{", "\"params\":{\"" + escaped(name) + "\":[],"));
    }
    return doubled;
  }

  private static String escaped(String name) {
    return String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Verdict judge(byte[] bytes) {
    try {
      return Verdict.on(bytes);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return fail("on " + Quoted.of(new String(bytes, StandardCharsets.UTF_8)), e);
    }
  }
}

package org.spoolway.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.layout.EntryName.Form;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;

class EntryNameTest {

  private static final Instant SECOND = Instant.parse("2026-11-21T01:34:55Z");

  @ParameterizedTest
  @CsvSource({
    "1795224895.json",
    "1795224895-.json",
    "1795224895-update.json",
    "1795224895000-web.7.json",
    "1795224895000000-ä b.json",
    "1795224895000000000-x.json.json",
    "20261121T013455Z.json",
    "20261121T013455Z-9f3.json",
    "20261121T013455.0Z-20261122T000000Z.json"
  })
  void timeAndJsonSuffixMakeAJsonRequest(String name) {
    assertEquals(Optional.of(new EntryName(Form.JSON, SECOND, null, null)), EntryName.parse(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".json",
        "update.json",
        "request.json",
        "-1795224895.json",
        "1795224895x.json",
        "1795224895_x.json",
        "1795224895.1.json",
        "179522489.json",
        "17952248950.json",
        "20261121.json",
        "20261121T0134Z.json",
        "20261121T013455.json",
        "20261121T013455.Z.json",
        "20261121t013455z.json",
        "20260230T000000Z.json",
        "x1795224895.json",
        " 1795224895.json",
        "1795224895-x.JSON",
        "1795224895-x.json5",
        "1795224895",
        "1795224895-x",
        "update@3.2.0.json",
        "check.1795224895.json"
      })
  void jsonWithoutALeadingTimeIsOutsideTheGrammar(String name) {
    assertEquals(Optional.empty(), EntryName.parse(name));
  }

  @ParameterizedTest
  @EnumSource
  void everyActionCanBeTouched(Action action) {
    EntryName bare = new EntryName(Form.TOUCH, null, action, null);
    EntryName timed = new EntryName(Form.TOUCH, SECOND, action, null);
    assertEquals(Optional.of(bare), EntryName.parse(action.wireName()));
    assertEquals(Optional.of(bare), EntryName.parse(action.wireName() + ".cron"));
    assertEquals(Optional.of(bare), EntryName.parse(action.wireName() + ".@3.2.0"));
    assertEquals(Optional.of(timed), EntryName.parse("1795224895-" + action.wireName()));
    assertEquals(
        Optional.of(timed), EntryName.parse("20261121T013455Z-" + action.wireName() + ".a b"));
  }

  @ParameterizedTest
  @CsvSource({
    "update@3.2.0, 3.2.0",
    "1795224895-update@3.2.0, 3.2.0",
    "update@3.2.0., 3.2.0",
    "update@3.2.0.cron, 3.2.0",
    "update@3.2.0.1, 3.2.0",
    "update@3.2.0.cron.daily, 3.2.0",
    "update@3.2.0.-rc, 3.2.0",
    "update@3.2.0-rc, 3.2.0-rc",
    "update@3.2.0-rc.1, 3.2.0-rc.1",
    "update@3.2.0-rc.1.cron, 3.2.0-rc.1.cron",
    "update@3.2.0+build.5.cron, 3.2.0+build.5.cron",
    "update@3.2.0+build.5.cr_on, 3.2.0+build.5",
    "rollback@10.20.30, 10.20.30"
  })
  void touchedVersionIsTheLongestValidOne(String name, String version) {
    EntryName entry = EntryName.parse(name).orElseThrow();
    assertEquals(new Version(version), entry.version());
    assertEquals(Form.TOUCH, entry.form());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update@",
        "update@.cron",
        "update@v3.2.0",
        "update@3.2",
        "update@3.2.x",
        "update@3.2.0_1",
        "update@3.2.0 ",
        "update@03.2.0",
        "update@latest",
        "update@3.2.0@3.2.0",
        "update@3.2.0-rc.1.cr_on",
        "update@3.2.0-rc.01",
        "update@3.2.0-rc.",
        "update@3.2.0-rc.01.x"
      })
  void whatFollowsTheAtSignMustBeginWithAVersion(String name) {
    assertEquals(Optional.empty(), EntryName.parse(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "upgrade",
        "Update",
        "UPDATE",
        "update ",
        " update",
        "update-now",
        "update_1",
        "update1",
        "-update",
        "179522489-update",
        "1795224895update",
        "1795224895--update",
        "1795224895-",
        "20261121-update",
        "20260230T000000Z-update",
        "README",
        "readme.txt",
        "1795224895.update",
        "updates",
        "hotfixed.cron",
        "ｕpdate"
      })
  void otherNamesAreNobodys(String name) {
    assertEquals(Optional.empty(), EntryName.parse(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".update",
        ".",
        "..",
        "..update",
        ".1795224895.json",
        "update~",
        "update.tmp",
        "update.swp",
        "update.partial",
        "1795224895.json.tmp",
        "1795224895.json~",
        "1795224895-x.tmp",
        "update@3.2.0.swp",
        "update@3.2.0-rc.partial",
        "check.cron.tmp",
        ".update.json.swp"
      })
  void namesOfUnfinishedFilesWinOverTheGrammar(String name) {
    assertEquals(Optional.empty(), EntryName.parse(name));
  }

  @Test
  void unfinishedSuffixesMeanNothingElsewhere() {
    assertEquals(Action.UPDATE, EntryName.parse("update.tmp.cron").orElseThrow().action());
    assertEquals(Action.UPDATE, EntryName.parse("update.TMP").orElseThrow().action());
    assertEquals(Form.JSON, EntryName.parse("1795224895-~.json").orElseThrow().form());
  }

  @Test
  void lineEndsDoNotHideTheRestOfAName() {
    assertEquals(Optional.empty(), EntryName.parse("update\n"));
    assertEquals(Optional.empty(), EntryName.parse("update.\n.tmp"));
    assertEquals(Optional.empty(), EntryName.parse("upgrade\nupdate"));
    assertEquals(Form.JSON, EntryName.parse("1795224895-\n.json").orElseThrow().form());
  }

  @Test
  void anyNameIsJudgedAtOnce() {
    Random random = new Random(7);
    String letters = "0123456789TZ.-@~updatejson+ \n";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 100_000; i++) {
            StringBuilder name = new StringBuilder();
            random
                .ints(random.nextInt(40), 0, letters.length())
                .forEach(c -> name.append(letters.charAt(c)));
            EntryName.parse(name.toString());
          }
          for (String part : new String[] {"1.", "-", "a-", "0", "update@", "1.0.0-a."}) {
            EntryName.parse("update@1.0.0-" + part.repeat(255) + "_");
            EntryName.parse(part.repeat(255));
          }
        });
  }
}

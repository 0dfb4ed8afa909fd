package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.spoolway.cli.text.Screen;
import org.spoolway.schema.Result;

class StepLinesTest {

  private static String plain(String state) {
    Result.Step step = Home.step("swap", state, null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), Screen.Kind.MONOCHROME, 60)
        .print(
            StepLines.plain(
                new Result.Step("swap", state, step.why(), step.startedAt(), 420L, null, null)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theTimeThatAStepTookIsNotThatOfItsUndo() {
    assertEquals("swap: undoing\n", plain("undoing"));
    assertEquals("swap: undone\n", plain("undone"));
  }
}

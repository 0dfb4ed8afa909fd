package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

class ResultReportTest {

  @TempDir Path directory;

  @Test
  void stepsThatWereNotReachedSaySo() throws IOException {
    Workplace place = new Workplace(directory).installed();
    place.commands.on("build", new Commands.Exit.Status(1));
    place.touch("update");
    place.drain();
    Result result = place.result("update");
    assertEquals(Outcome.FAILED, result.state());
    assertEquals(List.of(), result.steps().stream().filter(s -> s.why().isBlank()).toList());
    assertEquals("it was not reached", result.steps().get(result.steps().size() - 1).why());
  }

  @Test
  void whatIsLiveIsToldAlsoOfACheck() throws IOException {
    Workplace place = new Workplace(directory).installed();
    place.touch("check");
    place.drain();
    assertEquals(new Version("1.0.0"), place.result("check").from());
  }
}

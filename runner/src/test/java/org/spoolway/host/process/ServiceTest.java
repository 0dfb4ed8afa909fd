package org.spoolway.host.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** What the tests of the process service share. */
abstract class ServiceTest {

  static final Version ONE = new Version("1.0.0");

  @TempDir Path root;
  final CapturedOutput output = new CapturedOutput();

  @AfterEach
  void endWhatIsLeft() throws ProblemException, IOException {
    ServiceRecord.load(file()).ifPresent(this::end);
  }

  private void end(ServiceRecord record) {
    ProcessTree.of(new ProcessTable(), Signs.ofService(home().state(), record.cookie())).kill();
  }

  ServiceHome home() {
    return new ServiceHome(root);
  }

  Path file() {
    return home().state().service();
  }

  /** A service as a runner that was just started would see it. */
  ProcessService service() {
    return service(null);
  }

  ProcessService service(@Nullable InetSocketAddress readiness) {
    return new ProcessService(home().settings(readiness), Clock.systemUTC());
  }

  void install(String... script) throws IOException {
    home().release("1.0.0", String.join("\n", Arrays.asList(script)));
  }

  ProblemException startFails(ProcessService service) {
    return assertThrows(ProblemException.class, () -> service.start(ONE, output));
  }

  ServiceRecord record() throws IOException {
    return ServiceRecord.load(file()).orElseThrow();
  }

  Marked processes() throws IOException {
    return new Marked(record().cookie());
  }

  /** Waits until the service has printed what a test needs. */
  static void until(Callable<Boolean> condition) {
    await().until(condition);
  }
}

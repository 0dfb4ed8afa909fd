package org.spoolway.host.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Programs of this image that run as another user, for what must not be done with the rights of a
 * runner that is root.
 *
 * @param user whom they run as
 * @param mark the deployment's state directory, by which one that a killed runner left is ended
 * @param limit after which one is killed, whatever it does
 */
public record UserJvm(String user, String mark, Duration limit) {

  /** Its user can read all of its environment, and the rest of the runner's is the runner's own. */
  private static final Set<String> SHARED =
      Set.of(Launcher.MARK, "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "HOME", "USER", "LOGNAME");

  /** Program and arguments that run a main class, to which its own arguments can be added. */
  public static List<String> line(Class<?> main) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("-Xmx256m", "-XX:-UsePerfData", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("org.sqlite."))
        .forEach(name -> line.add("-D" + name + "=" + System.getProperty(name)));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return line;
  }

  /** Starts a main class; the beginning of what it complains of is logged. */
  public Process start(Class<?> main) throws IOException {
    List<String> line = line(main);
    try {
      RunAs account = RunAs.user(user, HostAccounts.effectiveUid(), new NameService());
      ProcessBuilder builder =
          new Launcher().prepare(line, Path.of("/"), Map.of(Launcher.MARK, mark), account);
      builder.environment().keySet().retainAll(SHARED);
      Process process = builder.redirectErrorStream(false).redirectError(Redirect.PIPE).start();
      Complaints.log(process, user);
      killAfter(limit, process);
      return process;
    } catch (Unstartable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void killAfter(Duration limit, Process process) {
    Thread watch =
        new Thread(
            () -> {
              process
                  .onExit()
                  .completeOnTimeout(process, limit.toMillis(), TimeUnit.MILLISECONDS)
                  .join();
              // Of one that has ended by itself this would close what it has still to say.
              if (process.isAlive()) {
                process.destroyForcibly();
              }
            },
            "limit of " + process.pid());
    watch.setDaemon(true);
    watch.start();
  }
}

package org.spoolway.host.systemd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spoolway.host.Commands;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;

/** Answers systemd's commands as systemd would, for units that only pretend. */
final class FakeSystemd implements Commands {

  private final Map<String, String> states = new LinkedHashMap<>();
  private final Map<String, Integer> invocations = new LinkedHashMap<>();
  private final Set<String> dying = new HashSet<>();
  private final Set<String> clinging = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private int invocation;

  /** Every command that changes something, without its options. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  /** Makes a unit end as soon as it is started. */
  void failOnStart(String unit) {
    dying.add(unit);
  }

  /** Makes the first stop of a unit last too long. */
  void clingToLife(String unit) {
    clinging.add(unit);
  }

  /** Starts a unit as systemd does by itself after it died. */
  void startAgain(String unit) {
    states.put(unit, "active");
    invocations.put(unit, ++invocation);
  }

  @Override
  public Exit run(Command command, Output output, Interruption interruption) {
    List<String> words =
        command.arguments().stream().filter(word -> !word.startsWith("--")).toList();
    if (words.get(0).equals("journalctl")) {
      print(output, "Traceback: no such table\n");
      return new Exit.Status(0);
    }
    List<String> units = words.subList(2, words.size());
    return switch (words.get(1)) {
      case "show" -> show(units, output);
      case "start" -> start(units, output);
      case "restart" -> {
        units.forEach(unit -> states.put(unit, "inactive"));
        yield start(units, output);
      }
      case "stop" -> stop(units);
      case "kill" -> {
        calls.add("kill " + String.join(" ", units));
        clinging.clear();
        yield new Exit.Status(0);
      }
      case "reset-failed" -> new Exit.Status(0);
      default -> throw new AssertionError(words);
    };
  }

  private Exit show(List<String> units, Output output) {
    for (String unit : units) {
      String state = states.getOrDefault(unit, "inactive");
      print(
          output,
          "Id=%s\nActiveState=%s\nSubState=%s\nInvocationID=%s\nResult=%s\nLoadState=loaded\n\n"
              .formatted(
                  unit,
                  state,
                  state.equals("active") ? "running" : "dead",
                  invocations.getOrDefault(unit, 0),
                  state.equals("failed") ? "exit-code" : "success"));
    }
    return new Exit.Status(0);
  }

  private Exit start(List<String> units, Output output) {
    calls.add("start " + String.join(" ", units));
    int status = 0;
    for (String unit : units) {
      if (dying.contains(unit)) {
        states.put(unit, "failed");
        print(output, "Job for " + unit + " failed.\n");
        status = 1;
      } else if (!"active".equals(states.get(unit))) {
        startAgain(unit);
      }
    }
    return new Exit.Status(status);
  }

  private Exit stop(List<String> units) {
    calls.add("stop " + String.join(" ", units));
    if (units.stream().anyMatch(clinging::contains)) {
      return new Exit.TimedOut(java.time.Duration.ofSeconds(1));
    }
    units.forEach(unit -> states.put(unit, "inactive"));
    return new Exit.Status(0);
  }

  private static void print(Output output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
  }

  @Override
  public int endAll(String mark) {
    return 0;
  }

  @Override
  public void requireAllEnded(String mark) {}
}

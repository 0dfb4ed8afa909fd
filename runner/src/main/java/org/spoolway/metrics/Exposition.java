package org.spoolway.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws gauges in the <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">text
 * format 0.0.4</a>. Those without a sample are left out.
 */
final class Exposition {

  private static final String PREFIX = "spoolway_";

  private final String deployment;
  private final StringBuilder text = new StringBuilder();

  /** A text whose samples all carry the deployment's name. */
  Exposition(String deployment) {
    this.deployment = deployment;
  }

  /** Begins a gauge; its samples follow. */
  Gauge gauge(String name, String help) {
    return new Gauge(PREFIX + name, help);
  }

  String text() {
    return text.toString();
  }

  /** One gauge of the text. */
  final class Gauge {
    private final String name;
    private String head;

    private Gauge(String name, String help) {
      this.name = name;
      this.head = "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n";
    }

    /**
     * Adds a sample.
     *
     * @param labels names and values in turn
     */
    Gauge sample(double value, String... labels) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("deployment", deployment);
      for (int i = 0; i + 1 < labels.length; i += 2) {
        all.put(labels[i], labels[i + 1]);
      }
      text.append(head).append(name).append('{');
      text.append(
          all.entrySet().stream()
              .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + "\"")
              .collect(Collectors.joining(",")));
      text.append("} ").append(number(value)).append('\n');
      head = "";
      return this;
    }

    Gauge flag(boolean set, String... labels) {
      return sample(set ? 1 : 0, labels);
    }
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Whole numbers without a point or an exponent, so that people can read them. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}

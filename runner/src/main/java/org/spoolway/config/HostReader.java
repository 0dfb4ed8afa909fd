package org.spoolway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Proxy;
import tools.jackson.databind.JsonNode;

/** The tables that say what becomes of the host: its packages, units and proxy. */
final class HostReader {

  private static final Pattern UNIT =
      Pattern.compile("[A-Za-z0-9:_.@-]{1,200}\\.(service|socket|timer|path|target)");
  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
  private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z0-9_]*");

  private HostReader() {}

  /** The names of units. */
  static List<String> units(TomlTable table) {
    List<String> units =
        table.list(
            "units",
            "a list of units such as [\"notes.service\", \"notes-worker.service\"]",
            value -> text(value).filter(unit -> UNIT.matcher(unit).matches()));
    if (table.has("units") && units.isEmpty()) {
      table.wrong("units", table.path("units") + " names no unit");
    }
    if (Set.copyOf(units).size() < units.size()) {
      table.wrong("units", table.path("units") + " names a unit twice");
    }
    return units;
  }

  static Deployment.Host host(TomlTable table) {
    return new Deployment.Host(
        table.list(
            "packages",
            "a list of Debian packages such as [\"python3-venv\"]",
            value -> text(value).filter(name -> PACKAGE.matcher(name).matches())),
        table.text("user", "the name or number of an account", Forms::isAccount));
  }

  static Deployment.Deploy deploy(TomlTable table) {
    String from =
        table.value(
            "from",
            "a directory in the release such as \"deploy\", or an absolute one",
            value -> text(value).flatMap(HostReader::directory));
    Proxy proxy = table.oneOf("proxy", Words.of(Proxy.values()), Set.of(), Proxy.NONE);
    Map<String, String> values =
        table.strings("values", name -> PLACEHOLDER.matcher(name).matches(), "DOMAIN");
    return new Deployment.Deploy(
        from == null && table.isPresent() ? "deploy" : from, proxy, values);
  }

  private static Optional<String> directory(String text) {
    return text.startsWith("/") ? Forms.root(text).map(Path::toString) : Forms.below(text);
  }

  static Deployment.Install install(TomlTable table) {
    @Nullable String template = table.value("environment", "a text", HostReader::text);
    String file =
        table.value(
            "environmentFile",
            "a path below shared/ such as \".env\"",
            value -> text(value).flatMap(Forms::below));
    return new Deployment.Install(
        table.list(
            "run",
            "a list of commands, each a list of words, such as [[\"./manage\", \"init\"]]",
            TomlValues::command),
        template,
        file == null ? ".env" : file);
  }

  private static Optional<String> text(JsonNode value) {
    return TomlValues.text(value);
  }
}

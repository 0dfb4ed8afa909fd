package org.spoolway.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Event;
import org.spoolway.wording.Quoted;

/** The {@code [notify]} and {@code [metrics]}: who learns of outcomes, and how. */
final class NotificationReader {

  private static final Map<String, Event> EVENTS = Words.of(Event.values());
  private static final Path SENDMAIL = Path.of("/usr/sbin/sendmail");
  private static final String ADDRESS = "a mail address such as \"admin@example.org\"";

  private NotificationReader() {}

  static Deployment.Notification notification(TomlTable table) {
    return new Deployment.Notification(
        events(table),
        table.list("run", DeploymentReader.COMMANDS, TomlValues::command),
        DeploymentReader.account(table),
        DeploymentReader.timeout(table, "timeout", "1m"),
        webhook(table),
        mail(table));
  }

  private static Set<Event> events(TomlTable table) {
    List<String> names =
        table.list("on", "a list such as [\"failed\", \"needs_intervention\"]", TomlValues::text);
    Set<Event> events = EnumSet.noneOf(Event.class);
    for (String name : names) {
      Event event = EVENTS.get(name);
      if (event == null) {
        table.wrong(
            "on",
            table.path("on")
                + (" cannot have " + Quoted.of(name))
                + TomlTable.hint(name, EVENTS.keySet()));
      } else {
        events.add(event);
      }
    }
    return table.has("on") ? Collections.unmodifiableSet(events) : Event.USUAL;
  }

  private static Deployment.@Nullable Webhook webhook(TomlTable table) {
    URI url =
        table.value(
            "webhook",
            "a URL such as \"https://example.org/hook\""
                + " (no name or password in it, and http:// only to this host itself)",
            DeploymentReader.text(Forms::webhook));
    Path secret =
        table.value(
            "secretFile",
            "an absolute path such as \"/etc/spoolway/webhook.secret\"",
            DeploymentReader.text(Forms::file));
    need(table, "secretFile", "webhook");
    return url == null ? null : new Deployment.Webhook(url, secret);
  }

  private static Deployment.@Nullable Mail mail(TomlTable table) {
    List<String> to =
        table.list(
            "mail",
            "a list of mail addresses such as [\"admin@example.org\"]",
            value -> TomlValues.text(value).filter(Forms::isAddress));
    String from = table.text("from", ADDRESS, Forms::isAddress);
    Path program =
        table.value(
            "sendmail",
            "an absolute path such as \"/usr/sbin/sendmail\"",
            DeploymentReader.text(Forms::file));
    need(table, "from", "mail");
    need(table, "sendmail", "mail");
    return to.isEmpty()
        ? null
        : new Deployment.Mail(to, from, program == null ? SENDMAIL : program);
  }

  /** A key that means nothing without another one was put down in vain. */
  private static void need(TomlTable table, String name, String other) {
    if (table.has(name) && !table.has(other)) {
      table.wrong(name, table.path(name) + " needs " + table.path(other) + ", which is missing");
    }
  }

  static Deployment.Metrics metrics(TomlTable table) {
    table.require("textfile");
    return new Deployment.Metrics(
        table.value(
            "textfile",
            "an absolute path that ends with .prom, such as"
                + " \"/var/lib/prometheus/node-exporter/spoolway-notes.prom\"",
            DeploymentReader.text(
                text -> Forms.file(text).filter(NotificationReader::isTextfile))));
  }

  private static boolean isTextfile(Path path) {
    return path.getNameCount() > 1 && path.toString().endsWith(".prom");
  }
}

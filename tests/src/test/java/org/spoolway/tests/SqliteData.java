package org.spoolway.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Notes in a file.
 *
 * @param root the application's
 */
record SqliteData(Path root) implements ApplicationData {

  @Override
  public DeploymentFile describeIn(DeploymentFile file) {
    return file.set("database", "type", "\"sqlite\"").set("database", "path", "\"shared/app.db\"");
  }

  @Override
  public Release release() {
    return new Release();
  }

  @Override
  public String dump() {
    String file = root.resolve("shared/app.db").toString();
    return Files.exists(Path.of(file))
        ? Program.output(root, "sqlite3", "-readonly", file, ".dump", "PRAGMA user_version")
        : "";
  }

  @Override
  public String withNote(String dump, String text) {
    long rows = dump.lines().filter(line -> line.startsWith("INSERT INTO notes")).count();
    String row = "INSERT INTO notes VALUES(" + (rows + 1) + ",'" + text + "');\n";
    return dump.replace("COMMIT;\n", row + "COMMIT;\n");
  }

  @Override
  public List<String> strays(Path snapshots) {
    return List.of();
  }
}

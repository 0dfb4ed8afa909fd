package org.spoolway.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tree of one release of the sample application; good unless a file is put in place of another.
 */
final class Release {

  private static final String PYTHON =
      Program.output(Path.of("/"), "python3", "-c", "import sys; print(sys.executable)").strip();

  private final TreeMap<String, String> files = new TreeMap<>();

  /** A good release whose data have the first schema. */
  Release() {
    for (String script : new String[] {"build", "migrate", "pending", "serve", "sql"}) {
      files.put(script, resource(script));
    }
    files.put(
        "migrations/1.sql",
        """
        CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
        INSERT INTO notes (text) VALUES ('one'), ('two'), ('three');
        """);
    files.put(
        "migrations/2.sql",
        "ALTER TABLE notes ADD COLUMN title TEXT;\nUPDATE notes SET title = upper(text);\n");
    files.put("migrations/3.sql", "ALTER TABLE notes ADD COLUMN words INTEGER;\n");
    schema(1);
    health("good");
  }

  /**
   * A good release whose data have the first schema, on PostgreSQL; it is healthy when it can read
   * them.
   *
   * @param sql the script that carries out SQL
   */
  static Release onPostgres(String sql) {
    return new Release()
        .with("migrate", resource("postgresql/migrate"))
        .with("pending", resource("postgresql/pending"))
        .with("sql", sql)
        .with("migrations/1.sql", resource("postgresql/1.sql"))
        .with("READY", "SELECT count(*) FROM notes");
  }

  /** Whose data have this schema, 1 to 3. */
  Release schema(int number) {
    return with("SCHEMA", number + "\n");
  }

  /**
   * What its health answers: {@code good}, {@code unavailable}, {@code marked unavailable}, {@code
   * says VERSION}, {@code silent}, {@code huge}, or well {@code unless broken} is marked; or it
   * {@code exits} at once, {@code dies} at the first question, or {@code blocks} at it.
   */
  Release health(String mode) {
    return with("HEALTH", mode + "\n");
  }

  /** With a shell script in place of the build. */
  Release build(String script) {
    return with("build", "#!/bin/sh\n" + script + "\n");
  }

  /** With a shell script in place of the migration. */
  Release migrate(String script) {
    return with("migrate", "#!/bin/sh\n" + script + "\n");
  }

  /** With a file more, or another one. */
  Release with(String name, String content) {
    files.put(name, content);
    return this;
  }

  /** Without one of its files. */
  Release without(String name) {
    files.remove(name);
    return this;
  }

  /** Its files by name. */
  Map<String, String> files() {
    return files;
  }

  /** The text of one of the files that releases are made of. */
  static String resource(String name) {
    try (InputStream in = Release.class.getResourceAsStream("/application/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("@PYTHON@", PYTHON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

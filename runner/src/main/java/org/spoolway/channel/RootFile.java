package org.spoolway.channel;

import java.time.Instant;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.SchemaJson.Malformed;

/**
 * Whose word counts for an application: {@code 1.root.json}, {@code 2.root.json} and so on. Each
 * but the first is signed by those of the one before it, so that keys can be exchanged; and by its
 * own, so that these are there.
 *
 * @param schema {@link #SCHEMA}
 * @param application what the releases are of, so that those of another one cannot pass for them
 * @param version 1, 2, 3 …
 * @param expires from when on it counts no more
 * @param root who may say who comes next
 * @param channel who may say which releases there are
 */
public record RootFile(
    String schema, String application, int version, Instant expires, Role root, Role channel) {

  private static final String NAME = "root.json";

  /** The only form so far. */
  public static final String SCHEMA = "spoolway/root/v1";

  /** What one of them is called. */
  public static String name(int version) {
    return version + "." + NAME;
  }

  /** The first one of an application. */
  public static RootFile first(String application, Instant expires, Role root, Role channel) {
    return new RootFile(SCHEMA, application, 1, expires, root, channel);
  }

  /** The one after this one. */
  public RootFile next(Instant newExpires, Role newRoot, Role newChannel) {
    return new RootFile(SCHEMA, application, version + 1, newExpires, newRoot, newChannel);
  }

  /**
   * Reads one; nothing of it can be believed yet.
   *
   * @throws Malformed when it is none, or one that nobody could ever fulfil
   */
  public static RootFile parse(byte[] content) throws Malformed {
    RootFile file = SchemaJson.published(content, RootFile.class, SCHEMA);
    if (file.version < 1) {
      throw new Malformed("its version is " + file.version + ", not 1 or more");
    }
    file.root.require("root");
    file.channel.require("channel");
    return file;
  }
}

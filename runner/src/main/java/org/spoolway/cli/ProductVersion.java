package org.spoolway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into {@code version.properties}. */
final class ProductVersion implements IVersionProvider {
  private static final String RESOURCE = "/org/spoolway/version.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"spoolway " + read()};
  }

  /** The bare version. */
  static String read() throws IOException {
    try (InputStream in = ProductVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("cannot read " + RESOURCE + ": not in the jar");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }
}

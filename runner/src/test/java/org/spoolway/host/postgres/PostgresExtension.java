package org.spoolway.host.postgres;

import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A cluster for all tests of a class, those of its nested classes too: made before the first of
 * them and removed after the last. Where there is no PostgreSQL they are skipped, and it is printed
 * why.
 */
public final class PostgresExtension implements BeforeAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

  private final PostgresOptions options;
  private Optional<PostgresCluster> cluster = Optional.empty();

  /** For a static field of the class. */
  public PostgresExtension(PostgresOptions options) {
    this.options = options;
  }

  /** A nested class finds what the one around it has; JUnit closes it with the outermost. */
  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        Optional.of(
            context
                .getStore(NAMESPACE)
                .computeIfAbsent(
                    this, extension -> PostgresCluster.start(options), PostgresCluster.class));
  }

  /** The cluster while tests of the class run. */
  public PostgresCluster cluster() {
    return cluster.orElseThrow(() -> new AssertionError("PostgreSQL was not started yet"));
  }
}

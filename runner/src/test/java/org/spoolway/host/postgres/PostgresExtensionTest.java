package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExtensionTest {

  /** JUnit closes first what came last, so this looks when the cluster has gone. */
  @RegisterExtension
  @Order(1)
  static final BeforeAllCallback WITNESS =
      context ->
          context
              .getStore(Namespace.create(PostgresExtensionTest.class))
              .computeIfAbsent("witness", key -> (AutoCloseable) PostgresExtensionTest::assertGone);

  @RegisterExtension
  @Order(2)
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  private static void assertGone() {
    assertFalse(Files.exists(POSTGRES.cluster().socketDirectory()));
  }

  @BeforeAll
  static void write() {
    POSTGRES.cluster().sql("postgres", "CREATE TABLE note AS SELECT 'one' AS text");
  }

  private static void assertThere() {
    assertEquals("one", POSTGRES.cluster().sql("postgres", "SELECT text FROM note"));
  }

  @Test
  void theClusterIsThere() {
    assertThere();
  }

  @Nested
  class InOneNestedClass {
    @Test
    void itIsTheSame() {
      assertThere();
    }
  }

  @Nested
  class InAnother {
    @Test
    void itIsStillTheSame() {
      assertThere();
    }
  }
}

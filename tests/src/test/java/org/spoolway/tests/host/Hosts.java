package org.spoolway.tests.host;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Boots containers for tests. As an extension it closes them: those of a static field after all
 * tests of the class, those of another after the test. Of a failed test it prints what they said.
 */
final class Hosts implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private final List<Container> containers = new ArrayList<>();
  private boolean isForTheClass;

  @Override
  public void beforeAll(ExtensionContext context) {
    isForTheClass = true;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    report(context);
    if (!isForTheClass) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    report(context);
    close();
  }

  private void report(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(context.getDisplayName());
      containers.forEach(container -> System.err.println(container.report()));
    }
  }

  /** Ends all of them. */
  void close() {
    containers.forEach(Container::close);
    containers.clear();
  }

  /** A container that is booted, or has the test skipped where none can be. */
  Container boot() {
    Rootfs.obstacle().ifPresent(Hosts::skip);
    Container container = Container.create();
    containers.add(container);
    return container.boot();
  }

  private static void skip(String reason) {
    System.out.println("skipped: no container with systemd: " + reason);
    Assumptions.abort("no container with systemd: " + reason);
  }
}

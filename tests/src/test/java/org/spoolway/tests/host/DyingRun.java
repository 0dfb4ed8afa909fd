package org.spoolway.tests.host;

/** A run of tests that is killed while it has a container: it prints the name, then dies. */
final class DyingRun {

  static final int KILLED = 137;

  private DyingRun() {}

  public static void main(String[] arguments) {
    System.out.println(Container.create().boot().name());
    Runtime.getRuntime().halt(KILLED);
  }
}

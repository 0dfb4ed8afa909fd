package org.spoolway.tests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the image's jars through a main class of the tests, for what the program itself must not
 * offer.
 */
final class Launch {

  private Launch() {}

  /** The command line: the options for Java, then the program's own. */
  static List<String> through(Class<?> main, List<String> options, List<String> arguments) {
    String tests = main.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(Image.options());
    command.addAll(options);
    // The image's archive of classes is good for class paths that begin as its own does.
    command.addAll(List.of("-cp", Image.jar() + ":" + tests, main.getName()));
    command.addAll(arguments);
    return command;
  }
}

package org.spoolway;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The main sources of all modules, parsed but not compiled. */
final class SourceTree {
  private static final List<String> MODULES = List.of("queue-schema", "runner");

  /** One parsed file, its length in lines, and the means to read its Javadoc. */
  record Source(Path path, int lines, CompilationUnitTree unit, DocTrees docs) {}

  private SourceTree() {}

  /** Parses every main source; package-info, which holds only words, is left out. */
  static List<Source> parse() throws IOException {
    return parse(files("src/main/java", MODULES));
  }

  /** The files of all tests, those from outside included. */
  static List<Path> tests() throws IOException {
    var modules = new ArrayList<>(MODULES);
    modules.add("tests");
    return files("src/test/java", modules);
  }

  private static List<Path> files(String tree, List<String> modules) throws IOException {
    // Tests run in the directory of their module.
    var project = Path.of("").toAbsolutePath().getParent();
    var files = new ArrayList<Path>();
    for (String module : modules) {
      try (Stream<Path> found = Files.walk(project.resolve(module).resolve(tree))) {
        found.filter(SourceTree::holdsTypes).forEach(files::add);
      }
    }
    return files;
  }

  private static boolean holdsTypes(Path file) {
    return file.toString().endsWith(".java") && !file.endsWith("package-info.java");
  }

  private static List<Source> parse(List<Path> files) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var opened = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      var units = opened.getJavaFileObjectsFromPaths(files);
      var task = (JavacTask) compiler.getTask(null, opened, null, null, null, units);
      var docs = DocTrees.instance(task);
      var sources = new ArrayList<Source>();
      for (CompilationUnitTree unit : task.parse()) {
        var path = Path.of(unit.getSourceFile().toUri());
        sources.add(new Source(path, Files.readAllLines(path).size(), unit, docs));
      }
      return sources;
    }
  }
}

package org.spoolway;

import static java.util.stream.Collectors.toMap;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which package may import which: lines of {@code package | imports}, both relative to the base
 * package. Blank lines and those that begin with {@code #} say nothing.
 */
final class PackageTable {
  private final String base;
  private final Map<String, Set<String>> mayImport;

  private PackageTable(String base, Map<String, Set<String>> mayImport) {
    this.base = base;
    this.mayImport = mayImport;
  }

  static PackageTable parse(String base, String table) {
    return new PackageTable(
        base,
        table
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split("\\|", -1))
            .collect(
                toMap(
                    row -> row[0].strip(), row -> words(row[1]), (a, b) -> a, LinkedHashMap::new)));
  }

  private static Set<String> words(String cell) {
    return cell.isBlank() ? Set.of() : Set.of(cell.strip().split(" +"));
  }

  /** The imports that a row allows of itself or of a row below: without any there is no cycle. */
  List<String> upwards() {
    List<String> upwards = new ArrayList<>();
    Set<String> above = new HashSet<>();
    mayImport.forEach(
        (name, imports) -> {
          imports.stream()
              .filter(imported -> !above.contains(imported))
              .forEach(imported -> upwards.add(name + " -> " + imported));
          above.add(name);
        });
    return upwards;
  }

  Set<String> packages() {
    return mayImport.keySet();
  }

  /**
   * Holds for a class that uses no class of the base but those of its own package and of its row.
   */
  ArchCondition<JavaClass> importOnlyTheirRow() {
    return new ArchCondition<>("import only what their row of the table allows") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          if (!allows(user, dependency.getTargetClass().getBaseComponentType())) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private boolean allows(JavaClass user, JavaClass used) {
    if (!used.getPackageName().equals(base) && !used.getPackageName().startsWith(base + ".")) {
      return true;
    }
    String from = relative(user);
    String to = relative(used);
    return from.equals(to) || mayImport.getOrDefault(from, Set.of()).contains(to);
  }

  /** The name of a class's package below the base; empty for the base itself. */
  String relative(JavaClass type) {
    return type.getPackageName().equals(base)
        ? ""
        : type.getPackageName().substring(base.length() + 1);
  }
}

package org.spoolway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Keeps the package map: who may import whom, and which package alone has which effect. */
class ArchitectureTest {
  private static final String BASE = "org.spoolway";

  /** Every package but the root, which may import them all. Whoever adds a package adds a row. */
  private static final PackageTable MAY_IMPORT =
      PackageTable.parse(
          BASE,
          """
          # queue-schema
          wording      |
          schema       | wording
          layout       | schema
          durable      |
          client       | schema layout durable

          # runner, lowest first
          lifecycle    |
          problem      | schema
          supervision  | problem schema
          trust        | problem schema durable wording
          source       | trust schema durable
          channel      | source trust problem schema durable wording
          publication  | channel source trust problem schema durable wording
          host         | trust schema problem
          journal      | lifecycle schema durable
          migration    | problem schema durable
          schedule     | schema
          deployment   | schedule migration source host problem schema layout durable
          upkeep       | deployment schema layout
          outbox       | deployment host problem schema layout durable wording
          metrics      | deployment host problem schema
          spool        | upkeep deployment journal host problem schema layout durable wording
          hostfile     | deployment host problem schema layout durable wording
          engine       | journal lifecycle host problem schema
          step         | supervision hostfile engine migration schedule source trust deployment journal host problem schema layout durable wording
          plan         | step engine lifecycle schema
          adoption     | step engine spool journal deployment host problem schema layout durable wording
          worker       | supervision client schedule source outbox metrics upkeep plan step engine spool journal lifecycle deployment host problem schema layout durable wording
          config       | deployment schedule migration source trust host problem schema layout wording
          inspect      | worker plan step engine spool journal lifecycle deployment host problem schema layout client
          install      | inspect hostfile step spool deployment host problem schema layout durable
          checkup      | install schedule source trust outbox metrics hostfile inspect step engine spool journal lifecycle deployment host problem schema layout durable
          cli.text     | schema wording
          cli          | cli.text publication channel adoption install hostfile supervision checkup inspect worker step spool lifecycle deployment config host problem client schema layout durable wording

          # adapters, one for each part of the outside
          host.postgres | deployment migration host problem schema durable
          host.command | deployment host problem schema layout durable wording
          host.process | outbox host.postgres host supervision problem schema layout durable wording
          host.sqlite  | migration host problem schema durable
          host.git     | trust host problem schema layout durable wording
          host.systemd | supervision hostfile host problem schema layout durable wording
          host.unpack  | source host problem schema wording
          host.archive | host.unpack channel source trust host problem schema layout durable wording
          host.directory | host.archive deployment source trust host problem schema layout durable wording
          host.http    | host.archive outbox host problem schema layout durable wording
          """);

  /** Fewer classes than this mean that the scan looked in the wrong place. */
  private static final int SCAN_FLOOR = 30;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @Test
  void scanSawTheProduct() {
    assertTrue(CLASSES.size() > SCAN_FLOOR, () -> "only " + CLASSES.size() + " classes");
  }

  /** Every package has its row, and imports only what that allows. */
  @Test
  void packagesHaveNoCycle() {
    assertEquals(List.of(), MAY_IMPORT.upwards(), "a row may name only rows above it");
  }

  @Test
  void everyPackageHasItsRow() {
    Set<String> rows = MAY_IMPORT.packages();
    Set<String> seen =
        CLASSES.stream().map(MAY_IMPORT::relative).filter(name -> !name.isEmpty()).collect(toSet());
    seen.removeAll(rows);
    assertEquals(Set.of(), seen, "packages without a row in the table");
  }

  @Test
  void theReadmeNamesEveryPackage() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Set<String> missing = new TreeSet<>();
    CLASSES.stream()
        .filter(type -> type.getPackageName().startsWith(BASE + "."))
        .filter(
            type ->
                type.getSource()
                    .filter(s -> !s.getUri().toString().contains("queue-schema"))
                    .isPresent())
        .map(MAY_IMPORT::relative)
        .filter(name -> !readme.contains("`" + name + "`"))
        .forEach(missing::add);
    assertEquals(Set.of(), missing);
  }

  @Test
  void packagesImportOnlyWhatTheirRowAllows() {
    holds(classes().that(not(resideInAPackage(BASE))).should(MAY_IMPORT.importOnlyTheirRow()));
  }

  @Test
  void onlyWiringSeesTheAdapters() {
    var adapters = resideInAPackage(BASE + ".host.*..");
    var wiring = nameMatching("org\\.spoolway\\.(Own)?Wiring(\\$.*)?");
    var outsiders = not(adapters).and(not(wiring));
    holds(noClasses().that(outsiders).should().dependOnClassesThat(adapters));
  }

  @Test
  void processesAreStartedByOnePackage() {
    var builder = nameMatching("java\\.lang\\.ProcessBuilder(\\$.*)?");
    assertAll(
        () ->
            holds(noClasses().that(outside("host.process")).should().dependOnClassesThat(builder)),
        () -> holds(noClasses().should().accessTargetWhere(uses(Runtime.class, "exec"))));
  }

  @Test
  void librariesOfTheOutsideAreEachKnownToOnePackage() {
    assertAll(
        () -> belongs("host.git", "org.eclipse.jgit.."),
        () -> belongs("host.unpack", "org.apache.commons.compress.."),
        () -> belongs("trust", "org.bouncycastle.."),
        () -> belongs("host.http", "com.github.mizosoft.methanol..", "java.net.http.."),
        () -> belongs("host.sqlite", "java.sql..", "javax.sql..", "org.sqlite.."));
  }

  @Test
  void environmentAndExitBelongToTheRootPackage() {
    assertAll(
        () -> onlyTheRootDoes(uses(System.class, "getenv", "exit")),
        () -> onlyTheRootDoes(uses(Runtime.class, "exit", "halt")));
  }

  @Test
  void wallTimeIsHandedIn() {
    assertAll(
        () -> onlyTheRootDoes(uses(System.class, "currentTimeMillis")),
        () -> onlyTheRootDoes(describe("the wall clock", ArchitectureTest::readsWallClock)));
  }

  @Test
  void nothingSleeps() {
    assertAll(
        () -> holds(noClasses().should().accessTargetWhere(uses(Thread.class, "sleep"))),
        () -> holds(noClasses().should().accessTargetWhere(uses(TimeUnit.class, "sleep"))));
  }

  @Test
  void namesSayWhatAClassIs() {
    holds(
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils"));
  }

  @Test
  void everyPackageIsDescribed() {
    // The class file of a package-info exists because of its @NullMarked.
    var described =
        CLASSES.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .collect(toSet());
    var all = CLASSES.stream().map(JavaClass::getPackageName).collect(toSet());
    all.removeAll(described);
    assertEquals(Set.of(), all, "packages without package-info");
  }

  private static void holds(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static void belongs(String owner, String... library) {
    var users = resideInAnyPackage(library);
    holds(noClasses().that(outside(owner)).should().dependOnClassesThat(users));
  }

  private static void onlyTheRootDoes(DescribedPredicate<JavaAccess<?>> access) {
    holds(noClasses().that(not(resideInAPackage(BASE))).should().accessTargetWhere(access));
  }

  private static DescribedPredicate<JavaClass> outside(String owner) {
    return not(resideInAPackage(BASE + "." + owner));
  }

  /** An access to one of the owner's methods, called or referred to. */
  private static DescribedPredicate<JavaAccess<?>> uses(Class<?> owner, String... methods) {
    Set<String> names = Set.of(methods);
    return describe(
        owner.getSimpleName() + "." + names,
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && names.contains(access.getTarget().getName()));
  }

  /** Not {@code Instant.now(clock)}: that clock was handed in. */
  private static boolean readsWallClock(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getOwner().getPackageName().startsWith("java.time")
        && (target.getName().startsWith("system") || target.getName().equals("now"))
        && target.getRawParameterTypes().stream().noneMatch(it -> it.isEquivalentTo(Clock.class));
  }
}

package org.spoolway.engine;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Step.Observation;
import org.spoolway.journal.Evidence;
import org.spoolway.lifecycle.Phase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A plan over all four phases whose steps change a {@link ToyWorld} and insist on their order. */
final class ToyPlan {

  /** The names of all steps, in order; the first only looks. */
  static final List<String> STEPS =
      List.of("look", "p1", "p2", "c1", "c2", "c3", "g1", "g2", "a1", "a2");

  /** A plan of few steps, for tests that try many pairs. */
  static final List<String> FEW = List.of("look", "p1", "c1", "c2", "g1", "a1");

  /** Its undo has something serve. */
  static final String STOPPING = "c1";

  private ToyPlan() {}

  static Plan of(ToyWorld world) {
    return of(STEPS, world);
  }

  static Plan of(List<String> names, ToyWorld world) {
    return new Plan(
        names.stream()
            .map(name -> new Plan.PhasedStep(new ToyStep(name, names, world), phase(name)))
            .toList());
  }

  static Phase phase(String step) {
    return switch (step.charAt(0)) {
      case 'l', 'p' -> Phase.PREPARE;
      case 'c' -> Phase.CHANGE;
      case 'g' -> Phase.PROOF;
      default -> Phase.AFTERWARDS;
    };
  }

  static boolean looksOnly(String step) {
    return step.equals("look");
  }

  /** The effects of running some steps. */
  static Stream<String> done(List<String> steps) {
    return steps.stream().map(step -> (looksOnly(step) ? "look " : "do ") + step);
  }

  /** The effects of undoing some steps, the last one first. */
  static Stream<String> undone(List<String> steps) {
    List<String> changing = steps.stream().filter(step -> !looksOnly(step)).toList();
    return Stream.iterate(changing.size() - 1, i -> i >= 0, i -> i - 1)
        .map(i -> "undo " + changing.get(i));
  }

  private record ToyStep(String name, List<String> plan, ToyWorld world) implements Step {

    @Override
    public boolean looksOnly() {
      return ToyPlan.looksOnly(name);
    }

    @Override
    public boolean needsService() {
      return phase(name) == Phase.PROOF;
    }

    @Override
    public boolean undoNeedsService() {
      return name.equals(STOPPING);
    }

    @Override
    public Decision decide(Facts facts) throws ProblemException, IOException {
      world.fault(name).strike(ToyFault.When.DECIDING);
      return world.isNeedless(name) ? Decision.skip("not needed") : Decision.run("needed");
    }

    @Override
    public Evidence apply(Work work) throws ProblemException, IOException {
      require(before().allMatch(world::isNew), "runs before those in front of it");
      world.fault(name).strike(ToyFault.When.BEFORE);
      if (looksOnly()) {
        world.look(name);
        return Evidence.none().with(Evidence.TO, "1.1.0");
      }
      world.half(name);
      world.fault(name).strike(ToyFault.When.HALFWAY);
      world.finish(name);
      world.fault(name).strike(ToyFault.When.AFTER);
      return Evidence.detail(name + " done");
    }

    @Override
    public void undo(Work work) throws ProblemException {
      require(after().noneMatch(world::isNew), "is undone before those behind it");
      require(!work.interruption().requested(), "is undone with an interruption");
      if (world.breaksUndo(name)) {
        throw new ProblemException(Problem.SERVICE_START_FAILED, "cannot undo " + name + ": no");
      }
      if (!looksOnly()) {
        world.revert(name);
      }
    }

    @Override
    public Observation observe(Facts facts) {
      return world.isNew(name) ? Observation.PRESENT : Observation.ABSENT;
    }

    private Stream<String> before() {
      return plan.subList(0, plan.indexOf(name)).stream()
          .filter(step -> !ToyPlan.looksOnly(step) && !world.isNeedless(step))
          .filter(step -> phase(step) != Phase.AFTERWARDS);
    }

    private Stream<String> after() {
      return plan.subList(plan.indexOf(name) + 1, plan.size()).stream();
    }

    private void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new AssertionError(name + " " + otherwise + ": " + world);
      }
    }
  }
}

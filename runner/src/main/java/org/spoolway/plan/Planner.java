package org.spoolway.plan;

import static org.spoolway.lifecycle.Phase.AFTERWARDS;
import static org.spoolway.lifecycle.Phase.CHANGE;
import static org.spoolway.lifecycle.Phase.PREPARE;
import static org.spoolway.lifecycle.Phase.PROOF;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.engine.Plan;
import org.spoolway.engine.Step;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Action;
import org.spoolway.step.Steps;

/**
 * Turns an action into its ordered steps. Whether each is needed, and why, the steps say
 * themselves.
 */
public final class Planner {

  private final Steps steps;

  /** A planner for one deployment. */
  public Planner(Steps steps) {
    this.steps = steps;
  }

  /**
   * The plan of an action.
   *
   * @throws IllegalArgumentException for an action that is no job: {@code cancel} and the reserved
   *     ones
   */
  public Plan plan(Action action) {
    return switch (action) {
      case CHECK -> new Sequence().then(PREPARE, steps.lookForReleases()).plan();
      case UPDATE -> update();
      case ROLLBACK -> rollback();
      case RESTART -> restart();
      case BACKUP ->
          new Sequence()
              .then(PREPARE, steps.preflight(), steps.resolveLive(), steps.snapshot())
              .plan();
      case RESTORE -> restore();
      case PRUNE -> new Sequence().then(PREPARE, steps.prune()).plan();
      case CANCEL, HOTFIX, MODULES ->
          throw new IllegalArgumentException(action.wireName() + " has no plan");
    };
  }

  private Plan update() {
    return new Sequence()
        .then(PREPARE, steps.preflight(), steps.resolveUpdate())
        .then(PREPARE, steps.fetch(), steps.verify(), steps.build(), steps.link(), steps.seal())
        .then(PREPARE, steps.check())
        .then(PREPARE, steps.rehearse())
        .then(CHANGE, steps.maintenanceOn(), steps.stop())
        .then(CHANGE, steps.snapshot())
        .then(CHANGE, steps.initialise())
        .then(CHANGE, steps.migrate())
        .then(CHANGE, steps.configure())
        .then(CHANGE, steps.swap())
        .then(PROOF, steps.start(), steps.gate())
        .then(PROOF, steps.retire())
        .then(PROOF, steps.maintenanceOff())
        .then(PROOF, steps.bake())
        .then(PROOF, steps.settle())
        .then(AFTERWARDS, steps.contract())
        .then(AFTERWARDS, steps.prune(), steps.tell())
        .plan();
  }

  private Plan rollback() {
    return new Sequence()
        .then(PREPARE, steps.preflight(), steps.resolveRollback(), steps.check(), steps.stage())
        .then(CHANGE, steps.maintenanceOn(), steps.stop())
        .then(CHANGE, steps.snapshot(), steps.restore())
        .then(CHANGE, steps.configure())
        .then(CHANGE, steps.swap())
        .then(PROOF, steps.start(), steps.gate())
        .then(PROOF, steps.retire())
        .then(PROOF, steps.maintenanceOff())
        .then(PROOF, steps.settle())
        .then(AFTERWARDS, steps.prune(), steps.tell())
        .plan();
  }

  private Plan restart() {
    return new Sequence()
        .then(PREPARE, steps.preflight(), steps.resolveLive())
        .then(CHANGE, steps.stop())
        .then(CHANGE, steps.configure())
        .then(PROOF, steps.start(), steps.gate())
        .plan();
  }

  private Plan restore() {
    return new Sequence()
        .then(PREPARE, steps.preflight(), steps.resolveLive(), steps.stage())
        .then(CHANGE, steps.maintenanceOn(), steps.stop(), steps.snapshot(), steps.restore())
        .then(PROOF, steps.start(), steps.gate(), steps.maintenanceOff())
        .then(AFTERWARDS, steps.prune(), steps.tell())
        .plan();
  }

  private static final class Sequence {
    private final List<Plan.PhasedStep> list = new ArrayList<>();

    Sequence then(Phase phase, Optional<Step> perhaps) {
      return perhaps.map(step -> then(phase, step)).orElse(this);
    }

    Sequence then(Phase phase, Step... some) {
      for (Step step : some) {
        list.add(new Plan.PhasedStep(step, phase));
      }
      return this;
    }

    Plan plan() {
      return new Plan(List.copyOf(list));
    }
  }
}

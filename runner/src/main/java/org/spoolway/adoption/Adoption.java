package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.spoolway.host.Services;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.spool.SafePaths;
import org.spoolway.step.Site;
import org.spoolway.step.Steps;

/**
 * Makes the flat checkout in a deployment's root its first release. The caller holds the
 * deployment's lock. All of it may be repeated, also after having been cut short anywhere, and
 * turned round.
 */
public final class Adoption {

  private static final int ROOT = 0;

  private final Site site;
  private final Path root;
  private final Relayout relayout;

  /**
   * The adoption of a deployment's root.
   *
   * @param told is told of each change right before it is made, as a phrase such as {@code move A
   *     to B}
   */
  public Adoption(Site site, Consumer<String> told) {
    this.site = site;
    this.root = site.deployment().root();
    this.relayout = new Relayout(site, new Moves(told));
  }

  /** How far a root is on its way. */
  public enum Stage {
    /** Nothing was changed yet. */
    FLAT,
    /** It was cut short, on the way there or back. */
    BEGUN,
    /** It was adopted. */
    ADOPTED,
    /** It has releases, and never was a checkout that somebody adopted. */
    LAID_OUT
  }

  /** How far the root is. */
  public Stage stage() throws IOException {
    boolean isLaidOut = Moves.exists(site.application().current());
    if (AdoptionRecord.load(site.state()).isEmpty()) {
      return isLaidOut ? Stage.LAID_OUT : Stage.FLAT;
    }
    return isLaidOut && !relayout.isBegun() ? Stage.ADOPTED : Stage.BEGUN;
  }

  /**
   * What is to be done; changes nothing.
   *
   * @throws ProblemException {@code ADOPTION_REFUSED} with what stands in the way, {@code
   *     UNSAFE_PATH} when somebody else could exchange what is moved
   */
  public AdoptionPlan plan(Choices choices) throws ProblemException, IOException {
    requireSafe();
    Optional<AdoptionRecord> begun = AdoptionRecord.load(site.state());
    return begun.isPresent()
        ? AdoptionPlan.of(begun.get(), root, List.of())
        : new Survey(site).plan(choices);
  }

  /**
   * Does it: stops the application, changes the layout, and starts it again if it ran. What fails
   * is taken back.
   *
   * @param plan what {@link #plan} has made, under the same lock
   * @throws ProblemException {@code UNSAFE_PATH} as {@link #plan}; {@code ADOPTION_REFUSED} when
   *     processes still work in it; {@code GATE_FAILED} and others of a start, when it was healthy
   *     before and is not afterwards
   */
  public void carryOut(AdoptionPlan plan) throws ProblemException, IOException {
    requireSafe();
    AdoptionRecord record = begin(plan);
    try {
      vacate();
      relayout.forwards(record);
      restart(record);
    } catch (ProblemException | IOException e) {
      putBackAfter(e, record);
      throw e;
    }
  }

  /**
   * Starts what was adopted if whoever did that was cut short before; does nothing in all other
   * cases.
   *
   * @throws ProblemException as {@link #carryOut}
   */
  public void finish() throws ProblemException, IOException {
    Optional<AdoptionRecord> adopted = AdoptionRecord.load(site.state());
    if (adopted.isEmpty()) {
      return;
    }
    AdoptionRecord record = adopted.get();
    boolean isLive = site.current().version().equals(Optional.of(record.version()));
    if (isLive && !site.ports().services().state().running()) {
      restart(record);
    }
  }

  /** What was begun before is gone on with as it was decided then. */
  private AdoptionRecord begin(AdoptionPlan plan) throws IOException {
    Optional<AdoptionRecord> begun = AdoptionRecord.load(site.state());
    if (begun.isEmpty()) {
      plan.record().save(site.state());
    }
    return begun.orElse(plan.record());
  }

  private void requireSafe() throws ProblemException, IOException {
    if (site.ports().accounts().ownUid() == ROOT) {
      new SafePaths(site.ports().accounts()).requireAbove(Objects.requireNonNull(root.getParent()));
    }
  }

  private void putBackAfter(Exception reason, AdoptionRecord record) {
    try {
      site.ports().services().stop();
      relayout.backwards(record);
      startAgain(record);
    } catch (ProblemException | IOException e) {
      reason.addSuppressed(e);
    }
  }

  private void startAgain(AdoptionRecord record) throws ProblemException {
    if (record.running()) {
      site.ports().services().start(record.version(), Relayout.work(record.version()).output());
    }
  }

  /**
   * What taking it back would do; changes nothing.
   *
   * @throws ProblemException as {@link #takeBack}
   */
  public AdoptionPlan planBack() throws ProblemException, IOException {
    return AdoptionPlan.back(undoable(), root);
  }

  private AdoptionRecord undoable() throws ProblemException, IOException {
    AdoptionRecord record =
        AdoptionRecord.load(site.state())
            .orElseThrow(() -> Refusal.of("none was made of it", "Nothing is to be undone."));
    requireLive(record);
    return record;
  }

  /**
   * Takes it back, on whatever way it is: the root is the flat checkout again, with the data as
   * they are now.
   *
   * @return where the rest is kept, such as later releases and snapshots; empty when there is none
   * @throws ProblemException {@code ADOPTION_REFUSED} when nothing was adopted, or another release
   *     is live
   */
  public Optional<Path> takeBack() throws ProblemException, IOException {
    AdoptionRecord record = undoable();
    requireSafe();
    try {
      vacate();
    } catch (ProblemException e) {
      startAgain(record);
      throw e;
    }
    Optional<Path> rest = relayout.backwards(record);
    startAgain(record);
    return rest;
  }

  private void requireLive(AdoptionRecord record) throws ProblemException, IOException {
    Optional<Version> live = site.current().version();
    if (live.isPresent() && !live.get().equals(record.version())) {
      throw Refusal.of(
          live.get() + " is live by now, and the data are that release's",
          "Go back to "
              + record.version()
              + " first: `spoolway rollback "
              + site.deployment().name()
              + " --version "
              + record.version()
              + "`.");
    }
  }

  /** From here on, nothing works in the root. */
  private void vacate() throws ProblemException, IOException {
    Services services = site.ports().services();
    services.stop();
    for (Path place : relayout.places()) {
      new Occupants(place).requireNone();
    }
  }

  private void restart(AdoptionRecord record) throws ProblemException, IOException {
    startAgain(record);
    if (record.healthy()) {
      new Steps(site).gate().apply(Relayout.work(record.version()));
    }
  }
}

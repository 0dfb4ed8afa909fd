package org.spoolway.step;

import java.util.Optional;
import org.spoolway.engine.Step;
import org.spoolway.migration.Rehearsal;

/** The steps of one deployment. */
public final class Steps {

  private final Site site;

  /** Steps that work on a site. */
  public Steps(Site site) {
    this.site = site;
  }

  /** Looks for what would stop the job later. */
  public Step preflight() {
    return new Preflight(site);
  }

  /** Finds out which release an update goes to. */
  public Step resolveUpdate() {
    return new ResolveUpdate(site);
  }

  /** Finds out which release, and which data, a rollback goes to. */
  public Step resolveRollback() {
    return new ResolveRollback(site);
  }

  /** For what stays on the live release. */
  public Step resolveLive() {
    return new ResolveLive(site);
  }

  /** Writes down which release an update would go to. */
  public Step lookForReleases() {
    return new LookForReleases(site);
  }

  /** Brings the release's tree to this host. */
  public Step fetch() {
    return new FetchRelease(site);
  }

  /** Checks who made the release. */
  public Step verify() {
    return new VerifyRelease(site);
  }

  /** Makes a release of the tree. */
  public Step build() {
    return new BuildRelease(site);
  }

  /** Leads names in the release to what outlives it. */
  public Step link() {
    return new LinkShared(site);
  }

  /** Makes the release immutable. */
  public Step seal() {
    return new SealRelease(site);
  }

  /** The last look before users could notice. */
  public Step check() {
    return new CheckRelease(site);
  }

  /** Tries the release on a copy of the data, where its file says how. */
  public Optional<Step> rehearse() {
    return site.deployment().migrate().rehearsal().wish() == Rehearsal.Wish.NEVER
        ? Optional.empty()
        : Optional.of(new Rehearse(site));
  }

  /** Shows the maintenance page. */
  public Step maintenanceOn() {
    return new MaintenanceOn(site);
  }

  /** Stops the old release. */
  public Step stop() {
    return site.isRunner() ? new RestOthers(site) : new StopService(site);
  }

  /** Copies the data. */
  public Step snapshot() {
    return new TakeSnapshot(site);
  }

  /** Has the first release make its data, if it must be told to. */
  public Optional<Step> initialise() {
    return site.deployment().install().run().isEmpty()
        ? Optional.empty()
        : Optional.of(new Initialise(site));
  }

  /** Lets the new release change the data. */
  public Step migrate() {
    return new Migrate(site);
  }

  /** Makes ready the data that are to be put in place. */
  public Step stage() {
    return new StageData(site);
  }

  /** Puts a snapshot's data in place. */
  public Step restore() {
    return new RestoreData(site);
  }

  /** Brings the release's files to where systemd and the proxy read them, if there may be any. */
  public Optional<Step> configure() {
    return site.hasHostFiles() ? Optional.of(new Configure(site)) : Optional.empty();
  }

  /** Makes the new release live. */
  public Step swap() {
    return new SwapCurrent(site);
  }

  /** Has the live release serve. */
  public Step start() {
    return site.isRunner() ? new HandOver(site) : new StartService(site);
  }

  /** Has the live release prove itself. */
  public Step gate() {
    return new PassGate(site);
  }

  /** Ends the process that handed over to the live one, where processes do that. */
  public Optional<Step> retire() {
    return site.deployment().service().handover()
        ? Optional.of(new Retire(site))
        : Optional.empty();
  }

  /** Lets users in again. */
  public Step maintenanceOff() {
    return new MaintenanceOff(site);
  }

  /** Watches the live release while users are served, if the deployment wants that. */
  public Optional<Step> bake() {
    return site.deployment().health().bake().isZero()
        ? Optional.empty()
        : Optional.of(new Bake(site));
  }

  /** Ends the watch over a new runner, where the deployment is the runner itself. */
  public Optional<Step> settle() {
    return site.isRunner() ? Optional.of(new Settle(site)) : Optional.empty();
  }

  /** Takes out of the data what only the release before needed, if there are commands for that. */
  public Optional<Step> contract() {
    return site.deployment().migrate().contract().isEmpty()
        ? Optional.empty()
        : Optional.of(new Contract(site));
  }

  /** Removes what nothing needs any more. */
  public Step prune() {
    return new Prune(site);
  }

  /** Tells people of the success. */
  public Step tell() {
    return new Notify(site);
  }
}

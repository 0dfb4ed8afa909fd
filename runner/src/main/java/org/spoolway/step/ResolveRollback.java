package org.spoolway.step;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.History;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Database;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Finds out which release a rollback goes to, and which data belong to it. */
final class ResolveRollback extends Resolve {

  private final Provenance provenance;

  ResolveRollback(Site site) {
    super(site);
    this.provenance = new Provenance(site);
  }

  @Override
  public Decision decide(Facts facts) {
    Version wanted = facts.request().parameters().version();
    return Decision.run(
        wanted == null
            ? "it goes to the release before the last successful update"
            : "the request names " + wanted);
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version live = live(work.facts(), "roll back");
    Optional<History.Entry> last = site.history().lastSuccessfulUpdate();
    Version wanted = work.facts().request().parameters().version();
    Version target = target(wanted, last);
    if (target.equals(live)) {
      String why = isLive(live, wanted, last);
      return Evidence.detail(why).with(Evidence.TO, live).with(Evidence.UNCHANGED, why);
    }
    if (!site.releases().isSealed(target)) {
      throw new ProblemException(
          Problem.VERSION_UNKNOWN,
          "cannot roll back to " + target + ": that release is not kept on this host",
          Problem.NOTHING_TO_GO_BACK_TO.fix(),
          null);
    }
    if (target.isNewerThan(live) || site.history().goneBackFrom().contains(target)) {
      provenance.requireSignedHere(target);
    }
    Optional<History.Entry> left = lastLeft(target);
    List<Database.TableRows> rows =
        left.isPresent() ? site.snapshots().rows(name(left.get())) : List.of();
    String mark = left.map(History.Entry::dataMark).orElse("");
    Database.Contents contents = site.ports().database().contents();
    String written = rows.isEmpty() ? "" : Written.between(rows, contents.rows());
    boolean isWritten = !contents.mark().equals(mark);
    Optional<String> snapshot =
        new WayBack(
                target,
                work.facts().request().parameters().data(),
                left.map(History.Entry::snapshot),
                isWritten,
                written,
                contents.schema(),
                site.history().schemasOf(target))
            .data();
    String way = target.isNewerThan(live) ? " goes forward again to " : " goes back to ";
    String data =
        snapshot.isEmpty()
            ? ", the data stay"
            : ", its data come back" + (written.isEmpty() ? "" : "; put aside is " + written);
    return Evidence.detail(live + way + target + data)
        .with(Evidence.TO, target)
        .with(Evidence.SCHEMA, contents.schema())
        .with(Evidence.RESTORES, snapshot.orElse(null))
        .with(Evidence.WRITTEN, snapshot.isPresent() && isWritten ? written : null)
        .with(Evidence.DATA_MARK, snapshot.isPresent() ? mark : null)
        .with(Evidence.PENDING, snapshot.isPresent());
  }

  /** Above all after a rollback: the way back leads no further by itself. */
  private static String isLive(
      Version live, @Nullable Version wanted, Optional<History.Entry> last) {
    String already = live + " is live already";
    return wanted != null
        ? already
        : already
            + ", the release before the last successful update (to "
            + last.orElseThrow().to()
            + "); any other has to be named";
  }

  private static Version target(@Nullable Version wanted, Optional<History.Entry> last)
      throws ProblemException {
    if (wanted != null) {
      return wanted;
    }
    return last.map(History.Entry::from)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.NOTHING_TO_GO_BACK_TO,
                    "cannot roll back: no release was live before this one"));
  }

  private static String name(History.Entry update) {
    return Objects.requireNonNull(update.snapshot(), "one that was found by its snapshot");
  }

  /** The update that last led away from a release, if its data from before that are kept. */
  private Optional<History.Entry> lastLeft(Version target) throws IOException {
    Optional<History.Entry> left = site.history().lastUpdateFrom(target);
    String name = left.map(History.Entry::snapshot).orElse(null);
    return name != null && site.snapshots().find(name).isPresent() ? left : Optional.empty();
  }
}

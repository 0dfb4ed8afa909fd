package org.spoolway.adoption;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.schema.Version;

/** What an adoption will do, decided once. */
public final class AdoptionPlan {

  private final AdoptionRecord record;
  private final List<String> steps;
  private final List<String> notes;

  private AdoptionPlan(AdoptionRecord record, List<String> steps, List<String> notes) {
    this.record = record;
    this.steps = List.copyOf(steps);
    this.notes = List.copyOf(notes);
  }

  static AdoptionPlan of(AdoptionRecord record, Path root, List<String> notes) {
    List<String> steps = new ArrayList<>();
    if (record.running()) {
      steps.add("stop the application");
    }
    steps.add("make release " + record.version() + " of " + root);
    for (AdoptionRecord.Shared one : record.shared()) {
      steps.add("move " + one.name() + " to shared/" + one.to() + ", and lead its name there");
    }
    if (record.names().contains(AdoptionRecord.GIT)) {
      steps.add("keep " + AdoptionRecord.GIT + " as " + AdoptionRecord.KEPT_GIT);
    }
    steps.add("lead the old names in " + root + " to current/ and shared/");
    if (record.running()) {
      steps.add("start the application" + (record.healthy() ? ", which has to answer well" : ""));
    }
    return new AdoptionPlan(record, steps, notes);
  }

  static AdoptionPlan back(AdoptionRecord record, Path root) {
    List<String> steps = new ArrayList<>();
    steps.add("stop the application");
    for (AdoptionRecord.Shared one : record.shared()) {
      steps.add("move shared/" + one.to() + " back to " + one.name());
    }
    steps.add("make " + root + " a checkout again, of " + record.version());
    if (record.running()) {
      steps.add("start the application");
    }
    return new AdoptionPlan(record, steps, List.of());
  }

  AdoptionRecord record() {
    return record;
  }

  /** The release that the checkout becomes. */
  public Version version() {
    return record.version();
  }

  /** What is done, in order, as phrases such as {@code move media to shared/media}. */
  public List<String> steps() {
    return steps;
  }

  /** What whoever asks for it should know. */
  public List<String> notes() {
    return notes;
  }
}

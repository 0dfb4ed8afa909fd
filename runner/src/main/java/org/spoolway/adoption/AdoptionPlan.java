package org.spoolway.adoption;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.schema.Version;

/**
 * What an adoption will do.
 *
 * @param version the release that the checkout becomes
 * @param steps what is done, in order, as phrases such as {@code move media to shared/media}
 * @param notes what whoever asks for it should know
 */
public record AdoptionPlan(Version version, List<String> steps, List<String> notes) {

  static AdoptionPlan of(AdoptionRecord record, Path root) {
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
    return new AdoptionPlan(record.version(), steps, List.of());
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
    return new AdoptionPlan(record.version(), steps, List.of());
  }

  AdoptionPlan withNotes(List<String> told) {
    return new AdoptionPlan(version, steps, told);
  }
}

package org.spoolway.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment.Origin;
import org.spoolway.deployment.NamedAccount.Kind;
import org.spoolway.deployment.NamedAccount.Part;
import org.spoolway.source.Place;

/** Collects the users and groups that a deployment file names, wherever it does. */
final class NamedAccounts {

  private static final String GROUP = "@";

  private final List<NamedAccount> all = new ArrayList<>();

  private NamedAccounts() {}

  static List<NamedAccount> of(Deployment deployment) {
    NamedAccounts named = new NamedAccounts();
    named.user(deployment.host().user(), Part.RUN, "host.user");
    named.user(deployment.migrate().user(), Part.RUN, "migrate.user");
    if (deployment.database().server() != null) {
      named.user(deployment.database().server().user(), Part.KEEP_DATA, "database.user");
    }
    if (deployment.database().commands() != null) {
      named.user(deployment.database().commands().user(), Part.COPY_DATA, "database.user");
    }
    named.user(deployment.build().user(), Part.BUILD, "build.user");
    if (deployment.source().place() instanceof Place.Directory directory) {
      named.user(directory.user(), Part.ASK_VERSIONS, "source.user");
    }
    named.user(deployment.notification().user(), Part.TELL, "notify.user");
    for (Map.Entry<String, Origin> origin : deployment.origins().entrySet()) {
      named.origin(origin.getValue(), "origins." + origin.getKey());
    }
    return List.copyOf(named.all);
  }

  private void origin(Origin origin, String key) {
    Part part = origin.mayEverything() ? Part.LOOK_AFTER : Part.ASK;
    for (String owner : origin.owners()) {
      if (owner.startsWith(GROUP)) {
        all.add(
            new NamedAccount(owner.substring(GROUP.length()), Kind.GROUP, part, key + ".owners"));
      } else {
        user(owner, part, key + ".owners");
      }
    }
    if (origin.group() != null) {
      all.add(new NamedAccount(origin.group(), Kind.GROUP, part, key + ".group"));
    }
  }

  private void user(@Nullable String name, Part part, String key) {
    if (name != null) {
      all.add(new NamedAccount(name, Kind.USER, part, key));
    }
  }
}

package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;

/** Looks whether the users and groups that the deployment file names are on this host. */
final class AccountLook {

  private static final String SUBJECT = "accounts";

  private final Accounts accounts;
  private final List<Named> missing = new ArrayList<>();

  private AccountLook(Accounts accounts) {
    this.accounts = accounts;
  }

  private record Named(String kind, String name, String key) {}

  static void at(Findings findings, Deployment deployment, Path file, Accounts accounts) {
    AccountLook look = new AccountLook(accounts);
    look.user(deployment.build().user(), "build.user");
    look.user(deployment.migrate().user(), "migrate.user");
    look.user(deployment.notification().user(), "notify.user");
    for (Map.Entry<String, Deployment.Origin> origin : deployment.origins().entrySet()) {
      String key = "origins." + origin.getKey();
      origin.getValue().owners().forEach(owner -> look.owner(owner, key + ".owners"));
      look.group(origin.getValue().group(), key + ".group");
    }
    if (look.missing.isEmpty()) {
      findings.fine(SUBJECT, "all that the file names are there");
    }
    look.missing.forEach(
        named ->
            findings.wrong(
                SUBJECT,
                "cannot find the %s %s of `%s`: this host has none of that name"
                    .formatted(named.kind(), named.name(), named.key()),
                "Create the %s %s, or correct `%s` in %s."
                    .formatted(
                        named.kind().equals("user") ? "account" : "group",
                        named.name(),
                        named.key(),
                        file)));
  }

  /** A file can belong to a number that no user has. */
  private void owner(String owner, String key) {
    if (owner.startsWith("@")) {
      group(owner.substring(1), key);
    } else if (!owner.matches("\\d+")) {
      user(owner, key);
    }
  }

  private void user(@Nullable String name, String key) {
    if (name != null && accounts.primaryGroup(name).isEmpty()) {
      missing.add(new Named("user", name, key));
    }
  }

  private void group(@Nullable String name, String key) {
    if (name != null && !isGroup(name)) {
      missing.add(new Named("group", name, key));
    }
  }

  /** Asked as it is when a directory is given to the group. */
  private static boolean isGroup(String name) {
    try {
      FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
      return true;
    } catch (UserPrincipalNotFoundException unknown) {
      return false;
    } catch (IOException cannotTell) {
      return true;
    }
  }
}

package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.NamedAccount;
import org.spoolway.host.Accounts;

/** Looks whether the users and groups that the deployment file names are on this host. */
final class AccountLook {

  private static final String SUBJECT = "accounts";

  private AccountLook() {}

  static void at(Findings findings, Deployment deployment, Path file, Accounts accounts) {
    List<NamedAccount> missing =
        deployment.accounts().stream().filter(account -> !isThere(account, accounts)).toList();
    if (missing.isEmpty()) {
      findings.fine(SUBJECT, "all that the file names are there");
    }
    for (NamedAccount account : missing) {
      boolean user = account.kind() == NamedAccount.Kind.USER;
      findings.wrong(
          SUBJECT,
          "cannot find the %s %s of `%s`: this host has none of that name"
              .formatted(user ? "user" : "group", account.name(), account.key()),
          "Create the %s %s, or correct `%s` in %s."
              .formatted(user ? "account" : "group", account.name(), account.key(), file));
    }
  }

  private static boolean isThere(NamedAccount account, Accounts accounts) {
    if (account.kind() == NamedAccount.Kind.GROUP) {
      return isGroup(account.name());
    }
    // A file can belong to a number that no user has.
    return account.name().matches("\\d+") || accounts.primaryGroup(account.name()).isPresent();
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

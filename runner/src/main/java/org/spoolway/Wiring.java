package org.spoolway;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.Machine;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.Database;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.NoDatabase;
import org.spoolway.host.NoHealthProbe;
import org.spoolway.host.NoService;
import org.spoolway.host.Services;
import org.spoolway.host.git.GitSource;
import org.spoolway.host.http.HttpHealthProbe;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.host.process.ProcessService;
import org.spoolway.host.sqlite.SqliteDatabase;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.Status;
import org.spoolway.step.Site;
import org.spoolway.worker.Worker;

/** The real process and host: the only place that constructs adapters. */
public final class Wiring implements Machine {

  private static final Duration SOURCE_TIMEOUT = Duration.ofSeconds(60);
}

package org.spoolway.host.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.postgres.ClientPrograms;

/**
 * PostgreSQL's client programs as processes of this host, as the account that the server knows.
 *
 * @param user the account; null for the runner's own
 * @param mark the deployment's state directory, by which one that a killed runner left is ended
 */
public record AccountPrograms(@Nullable String user, String mark) implements ClientPrograms {

  private static final String LIBPQ = "PG";
  private static final int OWN_LEVELS = 3;
  private static final int MOST_OUTPUT = 64 << 20;
  private static final int MOST_ERRORS = 1 << 16;
  private static final Duration GRACE = Duration.ofSeconds(10);

  @Override
  public Answer run(Call call) throws IOException {
    Process process = start(call);
    Portion output = Portion.of(process.getInputStream(), MOST_OUTPUT, "output", process);
    Portion errors = Portion.of(process.getErrorStream(), MOST_ERRORS, "errors", process);
    thread("input", process, () -> feed(process, call.input()));
    if (!awaitEnd(process, call.limit())) {
      ProcessTree.ofChild(new ProcessTable(), Signs.ofCommands(mark), process.pid()).kill();
      throw new IOException(
          program(call) + " has not ended after " + call.limit().toSeconds() + " s");
    }
    return new Answer(process.exitValue(), output.text(call), errors.text(call));
  }

  private static Path program(Call call) {
    return Path.of(call.arguments().get(0)).getFileName();
  }

  private static void thread(String what, Process process, Runnable task) {
    Thread thread = new Thread(task, what + " of process " + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  private Process start(Call call) throws IOException {
    try {
      RunAs account = RunAs.user(user, HostAccounts.effectiveUid(), new NameService());
      Map<String, String> environment = new HashMap<>(call.environment());
      environment.put(Launcher.MARK, mark);
      ProcessBuilder builder =
          new Launcher().prepare(call.arguments(), Path.of("/"), Map.of(), account);
      builder.environment().keySet().removeIf(name -> name.startsWith(LIBPQ));
      builder.environment().putAll(environment);
      return builder.redirectErrorStream(false).redirectError(Redirect.PIPE).start();
    } catch (Unstartable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** One that ends without having read everything says why by its status. */
  private static void feed(Process process, String input) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // Its status and what it complains of say more.
      return;
    }
  }

  private static boolean awaitEnd(Process process, Duration limit) {
    CompletableFuture<Boolean> ended = process.onExit().thenApply(exited -> true);
    return ended.completeOnTimeout(false, Polling.nanos(limit), TimeUnit.NANOSECONDS).join();
  }

  @Override
  public void give(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    if (user != null && account().uid() != HostAccounts.effectiveUid()) {
      letThrough(directory);
      Files.setAttribute(directory, "unix:uid", account().uid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * Through the data and the snapshot to {@code snapshots/}, which nobody else can list; what lies
   * above that is the administrator's to open.
   */
  private static void letThrough(Path directory) throws IOException {
    Path above = directory.getParent();
    for (int level = 0; level < OWN_LEVELS && above != null; level++) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(above));
      if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
        Files.setPosixFilePermissions(above, permissions);
      }
      above = above.getParent();
    }
  }

  /** The directory first: nothing in it can be exchanged any more then. */
  @Override
  public void takeBack(Path directory) throws IOException {
    claim(directory, "rwxr-x---");
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        Map<String, Object> attributes =
            Files.readAttributes(path, "unix:nlink,isRegularFile", LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))
            || !Integer.valueOf(1).equals(attributes.get("nlink"))) {
          throw new IOException(path + " is no plain file of its own");
        }
        claim(path, "r--r-----");
      }
    }
  }

  private void claim(Path path, String mode) throws IOException {
    if (user != null && account().uid() != HostAccounts.effectiveUid()) {
      Files.setAttribute(path, "unix:uid", HostAccounts.effectiveUid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", account().gid(), LinkOption.NOFOLLOW_LINKS);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private NameService.User account() throws IOException {
    return new NameService()
        .user(String.valueOf(user))
        .orElseThrow(() -> new IOException("there is no user " + user + " on this host"));
  }

  /** The beginning of what a process prints; the rest is read and dropped. */
  private record Portion(CompletableFuture<byte[]> bytes) {

    static Portion of(InputStream stream, int most, String what, Process process) {
      CompletableFuture<byte[]> bytes = new CompletableFuture<>();
      thread(what, process, () -> read(stream, most, bytes));
      return new Portion(bytes);
    }

    private static void read(InputStream stream, int most, CompletableFuture<byte[]> bytes) {
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      try (stream) {
        kept.write(stream.readNBytes(most));
        stream.transferTo(OutputStream.nullOutputStream());
        bytes.complete(kept.toByteArray());
      } catch (IOException e) {
        bytes.completeExceptionally(e);
      }
    }

    /**
     * All of it, or an error: half an answer would be taken for another one. What somebody who
     * escaped still holds open is not waited for.
     */
    String text(Call call) throws IOException {
      try {
        return new String(
            bytes.get(GRACE.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("cannot wait for what " + program(call) + " printed", e);
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException(
            program(call) + " has ended, and what it printed cannot be read to its end", e);
      }
    }
  }
}

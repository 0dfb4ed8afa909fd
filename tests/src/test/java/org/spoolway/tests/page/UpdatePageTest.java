package org.spoolway.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.tests.Results;
import org.spoolway.tests.ReverseProxy;

/** The page with the button, in a browser, with a real runner behind it: one story. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpdatePageTest {

  /** Set on a page that must find its way by itself: whoever loads it again loses it. */
  private static final String MARK = "() => { window.stayed = true; }";

  @RegisterExtension static final Chromium CHROMIUM = new Chromium();
  @RegisterExtension static final Casebook CASEBOOK = new Casebook();
  @TempDir private static Path scratch;
  private static ReverseProxy proxy;

  @BeforeAll
  static void startProxy() {
    ReverseProxy.Site site =
        new ReverseProxy.Site(CASEBOOK.root(), CASEBOOK.spool().directory(), CASEBOOK.port());
    proxy = ReverseProxy.start(ReverseProxy.Kind.CADDY, scratch, site);
  }

  @AfterAll
  static void stopProxy() {
    if (proxy != null) {
      proxy.close();
    }
  }

  private static Page admin(View view) {
    Page page = CHROMIUM.open(view);
    CASEBOOK.logIn(page, Casebook.ADMIN);
    return page;
  }

  private static Page updates(View view) {
    Page page = admin(view);
    page.navigate(CASEBOOK.at("/updates/"));
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  private static void assertStayed(Page page) {
    assertEquals(true, page.evaluate("() => window.stayed === true"), "it was loaded again");
  }

  /** Looks for what was published since, and asks for the plan of the update to it. */
  private static void plan(Page page, String version) {
    CASEBOOK.publish(version);
    button(page, "Check now").click();
    assertThat(page.getByText("Found version " + version + ".")).isVisible();
    CHROMIUM.screenshot(page, "updates-found-" + version);
    button(page, "Update to " + version + " …").click();
    assertThat(heading(page, "to " + version + "?")).isVisible();
  }

  @Test
  @Order(1)
  void onlyAnAdminSeesIt() {
    Page member = CHROMIUM.open(View.DESK);
    member.navigate(CASEBOOK.at("/updates/"));
    assertThat(member).hasURL(Pattern.compile(".*/login\\?next=.*updates.*"));
    CASEBOOK.logIn(member, Casebook.MEMBER);

    assertEquals(403, member.navigate(CASEBOOK.at("/updates/")).status());
    assertEquals(403, member.request().get(CASEBOOK.at("/updates/live")).status());
    assertEquals(403, member.request().get(CASEBOOK.at("/updates/support/a.zip")).status());
  }

  @Test
  @Order(2)
  void aForgedFormIsRefused() throws IOException {
    Page page = updates(View.DESK);
    Path results = CASEBOOK.spool().directory().resolve("results/web");
    String token = page.locator("input[name=csrf_token]").first().inputValue();
    List<FormData> forgeries =
        List.of(
            FormData.create(),
            FormData.create().set("spoolway_token", "0".repeat(64)).set("csrf_token", token));

    for (FormData forged : forgeries) {
      for (String what : List.of("check", "plan", "start", "cancel")) {
        APIResponse answer =
            page.request()
                .post(CASEBOOK.at("/updates/" + what), RequestOptions.create().setForm(forged));
        assertEquals(400, answer.status(), what);
      }
    }

    try (var left = Files.list(results)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  @Order(3)
  void anUpdateFromTheFirstLookToTheNewVersionWithoutLoadingAgain() {
    Page page = admin(View.DESK);
    CASEBOOK.write(page, "The house by the river", "Eviction, court");
    CASEBOOK.write(page, "The strike at the mill", "Work, closed");
    page.navigate(proxy.at("/updates/").toString());
    plan(page, "1.1.0");
    assertThat(page.getByText("Visitors are kept out for")).isVisible();
    assertThat(page.getByText(Pattern.compile("free, about .* needed"))).isVisible();
    page.getByText("What is done, step by step, and why").click();
    assertThat(page.getByText("going back takes the data along")).isVisible();
    CHROMIUM.screenshot(page, "updates-plan");

    button(page, "Update to 1.1.0").click();
    assertThat(heading(page, "Updating to 1.1.0")).isVisible();
    page.evaluate(MARK);
    assertThat(page.locator("#spoolway-at")).containsText("Build it");
    CHROMIUM.screenshot(page, "updates-running");
    Locator away = page.locator("#spoolway-away");
    assertThat(away).isVisible();
    assertThat(away.locator("[data-part=step]")).hasText(Pattern.compile("\\w+ .*"));
    CHROMIUM.screenshot(page, "updates-replaced");

    assertThat(heading(page, "Updated to 1.1.0")).isVisible();
    assertThat(away).isHidden();
    assertThat(page.locator(".version")).hasText("1.1.0");
    assertThat(page).hasTitle("Updated to 1.1.0");
    assertThat(page.getByText("Asked for by " + Casebook.ADMIN)).isVisible();
    assertThat(page.getByRole(AriaRole.ROW).filter(having("Update 1.1.0"))).containsText("done");
    assertStayed(page);
    CHROMIUM.screenshot(page, "updates-done");

    page.navigate(CASEBOOK.at("/"));
    assertThat(page.locator("footer")).containsText("Version 1.1.0");
    Locator cases = page.locator("article");
    assertThat(cases).hasCount(2);
    assertThat(cases.first()).containsText("Closed");
    assertThat(cases.first().locator(".tag")).hasText(new String[] {"Work"});
    assertThat(cases.last()).not().containsText("Closed");
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  @Order(4)
  void aBrokenReleaseIsPutBackAndSaysWhy() throws IOException {
    Page page = updates(View.DESK);
    plan(page, "1.2.0");

    button(page, "Update to 1.2.0").click();
    assertThat(heading(page, "Updating to 1.2.0")).isVisible();
    page.evaluate(MARK);

    assertThat(heading(page, "The update to 1.2.0 did not work and was put back"))
        .isVisible(late());
    assertThat(page.getByText("Version 1.1.0 runs again, with all data as they were.")).isVisible();
    assertThat(page.getByText("The new version started, but did not answer")).isVisible();
    assertThat(page.getByText("the last answer was: 503").first()).isVisible();
    assertThat(page.locator(".version")).hasText("1.1.0");
    assertThat(page.getByText("This version was tried already")).isVisible();
    assertStayed(page);
    CHROMIUM.screenshot(page, "updates-rolled-back");

    Download download =
        page.waitForDownload(() -> page.getByText("Download for support", exactly()).click());
    page.navigate(CASEBOOK.at("/"));
    assertThat(page.locator("article").last().locator(".tag"))
        .hasText(new String[] {"Eviction", "court"});
    try (ZipFile bundle = new ZipFile(download.path().toFile())) {
      Set<String> names = bundle.stream().map(ZipEntry::getName).collect(Collectors.toSet());
      assertEquals(Set.of("result.json", "log.txt", "status.json", "about.txt"), names);
    }
  }

  private static IsVisibleOptions late() {
    return new IsVisibleOptions().setTimeout(120_000);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  @Test
  @Order(5)
  void goingBackTellsWhatWouldBeLostBeforeOneDoesIt() {
    Page page = admin(View.DESK);
    CASEBOOK.write(page, "Written since", "");
    page.navigate(CASEBOOK.at("/updates/"));

    button(page, "Go back to 1.0.0 …").click();
    assertThat(heading(page, "This cannot be done")).isVisible();
    assertThat(page.getByText("Something was written since the update.").first()).isVisible();
    button(page, "Show me what would be lost …").click();
    assertThat(heading(page, "Go back from 1.1.0 to 1.0.0?")).isVisible();
    assertThat(page.getByText("What was written since the update is taken away")).isVisible();
    assertThat(page.locator("#spoolway-plan-steps")).containsText("cases");
    CHROMIUM.screenshot(page, "updates-go-back");

    button(page, "Go back to 1.0.0").click();
    assertThat(heading(page, "Went back to 1.0.0")).isVisible(late());
    page.navigate(CASEBOOK.at("/"));
    assertThat(page.getByText("Written since")).hasCount(0);
    assertThat(page.locator("footer")).containsText("Version 1.0.0");
  }

  @Test
  @Order(6)
  void anUpdateIsPlannedForLaterAndCancelled() {
    Page page = updates(View.DESK);
    button(page, "Update to 1.2.0 …").click();
    assertThat(heading(page, "Update from 1.0.0 to 1.2.0?")).isVisible();
    page.getByLabel("Later, at").check();
    page.getByLabel("Time of day to begin at").fill("04:30");

    button(page, "Update to 1.2.0").click();
    assertThat(heading(page, "Planned for later")).isVisible();
    assertThat(page.locator("#spoolway-job time")).containsText("4:30");
    page.navigate(CASEBOOK.at("/updates/"));
    assertThat(heading(page, "Waiting")).isVisible();
    page.evaluate(MARK);
    button(page, "Cancel").click();

    assertThat(page.locator("#spoolway-job-title")).containsText("cancelled");
    assertThat(heading(page, "Waiting")).hasCount(0);
  }

  @Test
  @Order(7)
  void aPausedQueueIsSaidAndGoesOnByItself() {
    Page page = updates(View.DESK);
    page.evaluate(MARK);
    CASEBOOK.home().spoolway("pause", "casebook").outOfSuccess();
    assertThat(page.getByText("Updates are paused")).isVisible();
    assertStayed(page);

    button(page, "Check now").click();
    assertThat(page.getByText("Looking for new versions …")).isVisible();
    page.evaluate(MARK);
    CHROMIUM.screenshot(page, "updates-paused");
    CASEBOOK.home().spoolway("resume", "casebook").outOfSuccess();

    assertThat(page.getByText("Found version 1.2.0.")).isVisible();
    assertThat(page.getByText("Updates are paused")).hasCount(0);
    assertStayed(page);
  }

  @Test
  @Order(8)
  void aRunnerThatIsDownIsSaidAndWhatWasAskedBeginsOnceItIsBack() {
    Page page = updates(View.DESK);
    page.evaluate(MARK);
    CASEBOOK.stopRunner();
    assertThat(page.getByText("Nobody carries out updates at the moment")).isVisible();
    assertStayed(page);

    button(page, "Check now").click();
    assertThat(page.getByText("Your request is in the box")).isVisible();
    page.evaluate(MARK);
    CHROMIUM.screenshot(page, "updates-runner-down");
    CASEBOOK.startRunner();

    assertThat(page.getByText("Found version 1.2.0.")).isVisible();
    assertThat(page.getByText("Nobody carries out updates")).hasCount(0);
    assertStayed(page);
  }

  @Test
  @Order(9)
  void ofSeveralAdminsTheOthersSeeWhatOneHasDone() {
    Page first = updates(View.DESK);
    Page second = updates(View.DESK);
    Page third = updates(View.PHONE);
    for (Page page : List.of(first, second, third)) {
      button(page, "Update to 1.1.0 …").click();
      assertThat(heading(page, "Update from 1.0.0 to 1.1.0?")).isVisible();
    }
    third.evaluate(MARK);
    CASEBOOK.home().spoolway("pause", "casebook").outOfSuccess();
    for (Page page : List.of(first, second)) {
      button(page, "Update to 1.1.0").click();
      assertThat(page.locator("#spoolway-job-title")).isVisible();
    }
    CASEBOOK.home().spoolway("resume", "casebook").outOfSuccess();

    assertThat(heading(first, "Updated to 1.1.0")).isVisible(late());
    assertThat(heading(second, "1.1.0 was running already")).isVisible();
    assertThat(third.getByText("This plan no longer fits")).isVisible();
    assertThat(button(third, "Update to 1.1.0")).hasCount(0);
    assertStayed(third);
  }

  @Test
  @Order(10)
  void everybodyCanReadIt() {
    String outcome = newest("rolled_back");
    String planned = newest("planned");
    for (View view :
        List.of(
            View.DESK,
            View.DESK.dark(),
            View.PHONE,
            View.PHONE.dark(),
            View.DESK.in("ar"),
            View.PHONE.dark().in("ar"))) {
      Page page = admin(view);
      looked(page, "", "available", view);
      looked(page, "?request=" + planned, "plan", view);
      looked(page, "?request=" + outcome, "rolled-back", view);
    }
  }

  private static String newest(String state) {
    return CASEBOOK.ownSpool().results().stream()
        .filter(result -> Results.text(result, "state").equals(state))
        .max(Comparator.comparing(result -> Results.text(result, "submittedAt")))
        .map(result -> Results.text(result, "id"))
        .orElseThrow();
  }

  private static void looked(Page page, String query, String name, View view) {
    page.navigate(CASEBOOK.at("/updates/" + query));
    page.waitForFunction("() => !document.querySelector('time[data-ago]:not([title])')");
    assertThat(page.locator("html"))
        .hasAttribute("dir", view.locale().equals("ar") ? "rtl" : "ltr");
    CHROMIUM.screenshot(page, "updates-" + name + "-" + view);
    Locator closed = page.locator("details:not([open]) > summary");
    while (closed.count() > 0) {
      closed.first().click();
    }
    assertEquals(view.width(), page.evaluate("document.documentElement.scrollWidth"), name);
    Accessibility.check(page);
  }

  @Test
  @Order(11)
  void itIsUsedByKeyboardAlone() {
    Page page = updates(View.DESK);
    button(page, "Check now").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByText("Found version 1.2.0.")).isVisible();

    button(page, "Update to 1.2.0 …").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#spoolway-plan")).isFocused();
    assertThat(heading(page, "Update from 1.1.0 to 1.2.0?")).isVisible();
    assertTrue(
        (Boolean) page.evaluate("() => document.activeElement.id === 'spoolway-plan'"),
        "what is exchanged while one waits keeps the focus");
  }
}

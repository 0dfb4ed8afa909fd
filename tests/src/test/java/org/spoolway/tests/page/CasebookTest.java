package org.spoolway.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the casebook is for: one story. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CasebookTest {

  @RegisterExtension static final Chromium CHROMIUM = new Chromium();
  @RegisterExtension static final Casebook CASEBOOK = new Casebook();

  private static Page page(String name, View view) {
    Page page = CHROMIUM.open(view);
    CASEBOOK.logIn(page, name);
    return page;
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
  }

  private static Page.GetByRoleOptions heading(String title) {
    return new Page.GetByRoleOptions().setName(title);
  }

  @Test
  @Order(1)
  void nobodyReadsItWithoutAnAccount() {
    HttpResponse<String> refused = CASEBOOK.get("/cases/1");

    assertEquals(302, refused.statusCode());
    assertTrue(refused.headers().firstValue("Location").orElse("").startsWith("/login?next="));
    assertEquals(Optional.of("nosniff"), refused.headers().firstValue("X-Content-Type-Options"));
    String policy = refused.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'self';"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertEquals(
        "{\"status\":\"ok\",\"version\":\"1.0.0\",\"schema\":\"0001\"}",
        CASEBOOK.get("/health").body().strip());
  }

  @Test
  @Order(2)
  void membersWriteCasesAndManageNothing() {
    Page page = page(Casebook.MEMBER, View.DESK);

    CASEBOOK.write(page, "The house by the river", "Eviction, court");
    CASEBOOK.write(page, "The strike at the mill", "Work, closed");

    page.navigate(CASEBOOK.at("/"));
    assertThat(page.locator("h2"))
        .hasText(new String[] {"The strike at the mill", "The house by the river"});
    assertThat(link(page, "Accounts")).hasCount(0);
    assertThat(link(page, "Updates")).hasCount(0);
    assertEquals(403, page.navigate(CASEBOOK.at("/users/")).status());
    Accessibility.check(page);
  }

  @Test
  @Order(3)
  void adminsMakeAccountsAndFindTheUpdates() {
    Page page = page(Casebook.ADMIN, View.DESK);
    assertThat(link(page, "Updates")).isVisible();
    link(page, "Accounts").click();
    page.getByLabel("Name").fill(Casebook.MEMBER);
    page.getByLabel("Password").fill("long enough too");
    press(page, "Add");
    assertThat(page.getByLabel("Name"))
        .hasAccessibleDescription("There is such an account already.");
    Accessibility.check(page);
    page.getByLabel("Name").fill("eve");
    page.getByLabel("Password").fill("long enough too");
    press(page, "Add");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("eve can log in now.");
    Accessibility.check(page);
    CHROMIUM.screenshot(page, "casebook-users-" + View.DESK);

    press(page, "Remove eve");

    assertThat(page.getByRole(AriaRole.STATUS)).hasText("The account eve is gone; its cases stay.");
  }

  @Test
  @Order(4)
  void everybodyCanReadItsPages() {
    Map<View, List<String>> looks =
        Map.of(
            View.DESK,
            List.of("/cases/1", "/cases/1/edit"),
            View.PHONE.dark(),
            List.of("/cases/1"),
            View.PHONE.in("ar"),
            List.of("/", "/cases/1/edit"));
    looks.forEach(
        (view, paths) -> {
          Page page = page(Casebook.ADMIN, view);
          for (String path : paths) {
            page.navigate(CASEBOOK.at(path));
            looked(page, path, view);
          }
        });
  }

  private static void looked(Page page, String path, View view) {
    assertThat(page.locator("html")).hasAttribute("lang", view.locale());
    assertThat(page.locator("html"))
        .hasAttribute("dir", view.locale().equals("ar") ? "rtl" : "ltr");
    assertEquals(view.width(), page.evaluate("document.documentElement.scrollWidth"), path);
    Accessibility.check(page);
    CHROMIUM.screenshot(page, ("casebook" + path + "/").replaceAll("[^a-z]+", "-") + view);
  }

  @Test
  @Order(5)
  void theLanguageThatIsChosenHolds() {
    Page page = CHROMIUM.open(View.PHONE.dark());
    page.navigate(CASEBOOK.at("/login"));
    link(page, "العربية").click();

    page.navigate(CASEBOOK.at("/login"));

    assertThat(page.getByRole(AriaRole.HEADING, heading("تسجيل الدخول"))).isVisible();
    looked(page, "/login", View.PHONE.dark().in("ar"));
  }

  @Test
  @Order(6)
  void aFormOfBeforeTheLoginIsWorthNothingAfterwards() {
    Page page = CHROMIUM.open(View.DESK);
    page.navigate(CASEBOOK.at("/login"));
    String token = page.locator("input[name=csrf_token]").first().inputValue();
    CASEBOOK.logIn(page, Casebook.MEMBER);

    FormData form =
        FormData.create().set("csrf_token", token).set("title", "Forged").set("text", "Forged");
    APIResponse answer =
        page.request().post(CASEBOOK.at("/cases/new"), RequestOptions.create().setForm(form));

    assertEquals(400, answer.status());
  }
}

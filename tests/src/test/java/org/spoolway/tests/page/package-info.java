/**
 * Pages of applications in a real browser. {@link org.spoolway.tests.page.Chromium} is that
 * browser, {@link org.spoolway.tests.page.Casebook} a real application, deployed by a real runner,
 * and {@link org.spoolway.tests.page.Accessibility} what is asked of each page.
 */
package org.spoolway.tests.page;

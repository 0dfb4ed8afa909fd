/**
 * Tests that start the built image as a process and know it by its files, its exit codes and what
 * it prints alone. {@link org.spoolway.tests.Home} is a scratch host, {@link
 * org.spoolway.tests.SampleApplication} is what is deployed on it; only {@link
 * org.spoolway.tests.CrashingRunner} sees a class of the product.
 */
package org.spoolway.tests;

/** What strangers may write, generated: text, names and documents for tests that hold for any. */
package org.spoolway.foreign;

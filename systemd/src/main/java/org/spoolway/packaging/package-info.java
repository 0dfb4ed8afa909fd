/** What the build of the package needs in Java: it is in no package that is installed. */
@NullMarked
package org.spoolway.packaging;

import org.jspecify.annotations.NullMarked;

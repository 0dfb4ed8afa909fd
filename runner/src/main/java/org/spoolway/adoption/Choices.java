package org.spoolway.adoption;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Version;

/**
 * What whoever adopts a checkout decides, where the deployment file does not say.
 *
 * @param version which release it is; null for what git says
 * @param share names in the checkout with those that they are to have below {@code shared/}
 * @param leave names of what git does not know and no later release needs
 */
public record Choices(@Nullable Version version, Map<String, String> share, Set<String> leave) {}

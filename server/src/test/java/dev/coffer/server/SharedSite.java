package dev.coffer.server;

import dev.coffer.testkit.Waiting;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one {@link Site} for all of them, which goes when the last has ended. Each test finds
 * it at rest: what one began, such as the proof of a backup, is over before the next.
 */
final class SharedSite implements ParameterResolver, BeforeTestExecutionCallback {
  private static final ExtensionContext.Namespace PLACE =
      ExtensionContext.Namespace.create(SharedSite.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(PLACE)
        .computeIfAbsent("site", any -> Site.ready(), Site.class);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    Site site = context.getRoot().getStore(PLACE).get("site", Site.class);
    if (site != null) {
      Waiting.until("the end of all work", site::idle);
    }
  }
}

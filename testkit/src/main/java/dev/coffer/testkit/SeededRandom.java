package dev.coffer.testkit;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives the {@link Random} parameters of tests their values, and tells the seed when a test fails.
 * Put on a class or a method by JUnit's {@code ExtendWith}. A test draws the same values each time,
 * other ones than its neighbours; with {@code -Dcoffer.seed=new} it draws values that nobody has
 * seen, and with {@code -Dcoffer.seed=<seed>} those of a failure that told it.
 */
public final class SeededRandom implements ParameterResolver, TestExecutionExceptionHandler {
  private static final String PROPERTY = "coffer.seed";
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SeededRandom.class);

  private static long seed(ExtensionContext context) {
    String asked = System.getProperty(PROPERTY, "");
    return switch (asked) {
      case "" -> context.getUniqueId().hashCode();
      case "new" -> System.nanoTime();
      default -> Long.parseLong(asked);
    };
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Random.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    long seed =
        context.getStore(NAMESPACE).computeIfAbsent(PROPERTY, any -> seed(context), Long.class);
    return new Random(seed + parameter.getIndex());
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Long seed = context.getStore(NAMESPACE).get(PROPERTY, Long.class);
    if (seed != null) {
      failure.addSuppressed(new Seed(seed));
    }
    throw failure;
  }

  /** A line in the report of a failed test. */
  private static final class Seed extends Exception {
    Seed(long seed) {
      super("the same values again: -D" + PROPERTY + "=" + seed, null, false, false);
    }
  }
}

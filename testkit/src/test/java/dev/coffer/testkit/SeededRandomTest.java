package dev.coffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SeededRandomTest {
  private static final List<Long> DRAWN = new ArrayList<>();

  /** Run by the test below alone: Surefire passes nested classes by. */
  @ExtendWith(SeededRandom.class)
  static class AlwaysFailing {
    @Test
    void fails(Random random, Random other) {
      DRAWN.add(random.nextLong());
      assertThat(DRAWN.getLast()).as("drawn").isEqualTo(other.nextLong());
    }
  }

  @BeforeEach
  void nothingIsDrawn() {
    DRAWN.clear();
  }

  @Test
  void aFailureTellsTheSeedThatRepeatsIt() {
    String told = seeded("new").getSuppressed()[0].toString();
    String seed = told.substring(told.indexOf("-Dcoffer.seed=") + "-Dcoffer.seed=".length());
    seeded(seed);
    assertThat(DRAWN).hasSize(2);
    assertThat(DRAWN.getFirst()).isEqualTo(DRAWN.getLast());
  }

  @Test
  void eachRunDrawsTheSameUnlessNewValuesAreAskedFor() {
    seeded("");
    seeded("");
    seeded("new");
    seeded("new");
    assertThat(DRAWN.get(0)).isEqualTo(DRAWN.get(1));
    assertThat(DRAWN.subList(1, 4)).doesNotHaveDuplicates();
  }

  /** How the test fails with that seed. */
  private static Throwable seeded(String seed) {
    String before = System.getProperty("coffer.seed", "");
    restore(seed);
    try {
      return run();
    } finally {
      restore(before);
    }
  }

  private static void restore(String before) {
    if (before.isEmpty()) {
      System.clearProperty("coffer.seed");
    } else {
      System.setProperty("coffer.seed", before);
    }
  }

  private static Throwable run() {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(AlwaysFailing.class))
            .build();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary().getFailures().getFirst().getException();
  }
}

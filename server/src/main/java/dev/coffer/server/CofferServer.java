package dev.coffer.server;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.access.FirstAdmin;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.backups.FirstBackups;
import dev.coffer.server.schedules.work.NightlySchedule;
import dev.coffer.server.state.OpeningState;
import dev.coffer.server.web.WorkFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server. Closing it lets running work end first, for a while. */
public final class CofferServer implements AutoCloseable {
  private final ServletWebServerApplicationContext context;
  private final ServerSettings settings;
  private final WorkFolder work;

  private CofferServer(
      ServletWebServerApplicationContext context, ServerSettings settings, WorkFolder work) {
    this.context = context;
    this.settings = settings;
    this.work = work;
  }

  /** Lets the process log warnings alone from now on, as a server does from its start. */
  public static void logWarningsOnly() {
    LoggingSystem.get(CofferServer.class.getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @throws CofferException when it cannot start
   */
  public static CofferServer start(ServerSettings settings) {
    WorkFolder work = WorkFolder.in(settings.cofferHome());
    OpeningState state = new OpeningState(settings);
    SpringApplicationBuilder builder =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.SERVLET)
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .logStartupInfo(false)
            .properties(properties(settings))
            .initializers(context -> {
              context.getBeanFactory().registerSingleton("serverSettings", settings);
              context.getBeanFactory().registerSingleton("workFolder", work);
              context.getBeanFactory().registerSingleton("openingState", state);
              state.begin();
            });
    try {
      ConfigurableApplicationContext context = builder.run();
      return new CofferServer((ServletWebServerApplicationContext) context, settings, work);
    } catch (RuntimeException failure) {
      state.abandon();
      work.close();
      throw translate(failure, settings);
    }
  }

  private static Map<String, Object> properties(ServerSettings settings) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", settings.address());
    properties.put("server.port", settings.port());
    properties.put("server.forward-headers-strategy", settings.behindProxy() ? "native" : "none");
    return properties;
  }

  private static CofferException translate(RuntimeException failure, ServerSettings settings) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CofferException told) {
        return told;
      }
      if (cause instanceof PortInUseException) {
        return new CofferException(
            ErrorCode.USAGE,
            "another program listens at port " + settings.port() + " of " + settings.address(),
            "Choose another with --port, or end that program.",
            failure);
      }
    }
    return new CofferException(
        ErrorCode.INTERNAL,
        "the server does not start: " + failure.getClass().getSimpleName(),
        "COFFER_DEBUG=1 shows where.",
        failure);
  }

  /** Where a browser on this machine finds it: {@code http://127.0.0.1:8080}. */
  public String url() {
    String host = settings.address().equals("0.0.0.0") ? "127.0.0.1" : settings.address();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + port();
  }

  public int port() {
    return Objects.requireNonNull(context.getWebServer()).getPort();
  }

  /** The first admin's name and password, until the admin has signed in for the first time. */
  public Optional<FirstAdmin.Credentials> firstAdmin() {
    return context.getBean(FirstAdmin.class).credentials();
  }

  /**
   * Takes a backup as if somebody had asked for it on the pages, and returns when it was restored
   * on trial.
   *
   * @throws CofferException why there is none
   */
  public void backUp(String reason, String who) {
    context.getBean(FirstBackups.class).take(reason, here(who));
  }

  /** Adds a schedule that backs everything up every night. */
  public void backUpNightly(String who) {
    context.getBean(NightlySchedule.class).add(here(who));
  }

  /** What it is made of, for tests of the whole. */
  ApplicationContext parts() {
    return context;
  }

  private static Actor here(String who) {
    return new Actor(who, "127.0.0.1");
  }

  @Override
  public void close() {
    context.close();
    work.close();
  }
}

package dev.coffer.server;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.coffer.server.access.Caller;
import dev.coffer.server.state.OpeningState;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of the interface, made from the code.
 *
 * @param calls that it describes: {@code GET /api/v1/backups}
 * @param mappings that the server has
 */
record Description(String text, Set<String> calls, Set<String> mappings) {
  private static final String PLACE = "/assets/described";

  /** Starts a server without a database, asks the tool, and puts what it says in order. */
  static Description make() throws IOException {
    Path folder = Files.createTempDirectory("coffer-openapi");
    ServerSettings settings =
        new ServerSettings(
            "127.0.0.1",
            0,
            folder.resolve("home"),
            Files.createDirectory(folder.resolve("backups")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofMinutes(30),
            false,
            "test");
    Records records = new Records();
    OpeningState state = new OpeningState(settings);
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    try (var context =
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(Application.class)
                .initializers(made -> {
                  made.getBeanFactory().registerSingleton("serverSettings", settings);
                  made.getBeanFactory().registerSingleton("openingState", state);
                  made.getBeanFactory().registerSingleton("records", records);
                  state.begin();
                })
                .run(
                    "--server.port=0",
                    "--springdoc.api-docs.enabled=true",
                    "--springdoc.api-docs.path=" + PLACE,
                    "--springdoc.api-docs.version=openapi_3_1",
                    "--springdoc.paths-to-match=/api/**,/metrics,/health/**",
                    "--springdoc.default-produces-media-type=application/json",
                    "--springdoc.override-with-generic-response=false")) {
      JsonNode raw =
          JsonMapper.shared()
              .readTree(
                  fetch(
                      "http://127.0.0.1:"
                          + Objects.requireNonNull(context.getWebServer()).getPort()
                          + PLACE));
      String text = new DescriptionOrder(raw, records.optionals()).text();
      return new Description(text, calls(JsonMapper.shared().readTree(text)), mappings(context));
    } finally {
      state.abandon();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Learns which members of records may be empty, which is {@code null} in an answer. */
  static final class Records implements ModelConverter {
    private final Map<String, Class<?>> known = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Schema resolve(
        AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
      Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
      if (raw.isRecord() && raw.getName().startsWith("dev.coffer.")) {
        Class<?> before = known.put(raw.getSimpleName(), raw);
        if (before != null && before != raw) {
          throw new AssertionError(
              before + " and " + raw + " have one name in the description: rename one of them");
        }
      }
      return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    /** The members that may be empty, of each record by its name. */
    Map<String, Set<String>> optionals() {
      return known.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  entry -> optionals(entry.getValue()).collect(Collectors.toSet())));
    }

    private static Stream<String> optionals(Class<?> owner) {
      return Arrays.stream(owner.getRecordComponents())
          .flatMap(component ->
              component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                  ? optionals(component.getType())
                  : Stream.of(component)
                      .filter(one -> one.getType() == Optional.class)
                      .map(RecordComponent::getName));
    }
  }

  private static String fetch(String url) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Set<String> calls(JsonNode description) {
    Set<String> calls = new TreeSet<>();
    description
        .get("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    calls.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
    return calls;
  }

  private static Set<String> mappings(ServletWebServerApplicationContext context) {
    return context
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .stream()
        .flatMap(call ->
            call.getPatternValues().stream()
                .filter(path -> path.matches("/(api|health)/.*|/metrics"))
                .flatMap(path ->
                    call.getMethodsCondition().getMethods().stream()
                        .map(method -> method + " " + path)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

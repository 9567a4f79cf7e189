package dev.coffer.server.access;

import dev.coffer.server.web.ProblemWriter;
import dev.coffer.server.web.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Tells a program that it has the wrong address, where that is why no rule lets it through: that it
 * may not do what nobody can do would lead it astray.
 */
@Component
final class UnknownCalls {
  private final RequestMappingHandlerMapping calls;
  private final ProblemWriter problems;

  UnknownCalls(RequestMappingHandlerMapping requestMappingHandlerMapping, ProblemWriter problems) {
    this.calls = requestMappingHandlerMapping;
    this.problems = problems;
  }

  /** Answers 404 or 405 where no call fits; false where one does. */
  boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Set<String> methods = methods(request);
    if (methods.isEmpty()) {
      problems.write(response, Refusals.of(HttpServletResponse.SC_NOT_FOUND));
      return true;
    }
    if (!methods.contains(request.getMethod())) {
      response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
      problems.write(response, Refusals.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
      return true;
    }
    return false;
  }

  private Set<String> methods(HttpServletRequest request) {
    ServletRequestPathUtils.parseAndCache(request);
    Set<String> methods = new TreeSet<>();
    for (RequestMappingInfo call : calls.getHandlerMethods().keySet()) {
      var paths = call.getPathPatternsCondition();
      if (paths != null && paths.getMatchingCondition(request) != null) {
        call.getMethodsCondition().getMethods().stream()
            .map(RequestMethod::name)
            .forEach(methods::add);
      }
    }
    if (methods.contains(RequestMethod.GET.name())) {
      methods.add(RequestMethod.HEAD.name());
    }
    return methods;
  }
}

package dev.coffer.server.access;

import dev.coffer.server.ServerSettings;
import dev.coffer.server.access.portal.PortalAccounts;
import dev.coffer.server.access.portal.PortalSignIn;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** Which request needs what: first the interface for programs, then the pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final int BCRYPT_STRENGTH = 12;

  /** Scripts, styles and everything else come from this server, in files of their own. */
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final String[] FOR_EVERYBODY = {
    "/sign-in", "/assets/**", "/webjars/**", "/favicon.ico", "/error", "/health/**"
  };

  @Bean
  PasswordEncoder passwordEncoder() {
    return new BCryptPasswordEncoder(BCRYPT_STRENGTH);
  }

  @Bean
  @Order(1)
  SecurityFilterChain interfaceForPrograms(
      HttpSecurity http,
      ServerSettings settings,
      Accounts accounts,
      PortalAccounts portal,
      PortalSignIn portalSignIn,
      Tokens tokens,
      RefusedRequests refused,
      InstantSource clock)
      throws Exception {
    return http.securityMatcher("/api/**", "/metrics")
        .authorizeHttpRequests(InterfaceRules::add)
        .csrf(csrf -> csrf.ignoringRequestMatchers(TokenFilter::brings))
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .exceptionHandling(
            refusals -> refusals.authenticationEntryPoint(refused).accessDeniedHandler(refused))
        .headers(SecurityConfiguration::headers)
        .addFilterBefore(new OriginFilter(refused), CsrfFilter.class)
        .addFilterAfter(new TokenFilter(tokens, refused), SecurityContextHolderFilter.class)
        .addFilterAfter(
            new SessionGuard(accounts, portal, portalSignIn, settings.idle(), clock),
            TokenFilter.class)
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain pages(
      HttpSecurity http,
      ServerSettings settings,
      Accounts accounts,
      PortalAccounts portal,
      PortalSignIn portalSignIn,
      PasswordSignIn signIn,
      RefusedRequests refused,
      AuditTrail audit,
      InstantSource clock)
      throws Exception {
    return http.authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(FOR_EVERYBODY)
                .permitAll()
                .requestMatchers("/password")
                .authenticated()
                .requestMatchers("/admin/audit/**")
                .hasAuthority(Permission.AUDIT.name())
                .requestMatchers("/admin/users/**", "/admin/tokens/**")
                .hasAuthority(Permission.ACCESS.name())
                .requestMatchers("/admin/browse/**", "/admin/compare/**")
                .hasAuthority(Permission.BROWSE.name())
                .requestMatchers("/admin/restore/**")
                .hasAuthority(Permission.RESTORE.name())
                .requestMatchers(HttpMethod.POST, "/admin/settings/portal-sign-in")
                .hasAuthority(Permission.ACCESS.name())
                .requestMatchers(HttpMethod.POST, "/admin/settings/**")
                .hasAuthority(Permission.MANAGE.name())
                .requestMatchers("/admin/backup/*/download")
                .hasAuthority(Permission.DOWNLOAD.name())
                .requestMatchers("/admin/backup/*/delete", "/admin/backup/*/keep")
                .hasAuthority(Permission.MANAGE.name())
                .requestMatchers(HttpMethod.POST, "/admin/schedules/*/run")
                .hasAuthority(Permission.OPERATE.name())
                .requestMatchers("/admin/schedules/new", "/admin/schedules/*/edit")
                .hasAuthority(Permission.MANAGE.name())
                .requestMatchers(HttpMethod.POST, "/admin/schedules/**")
                .hasAuthority(Permission.MANAGE.name())
                .requestMatchers(HttpMethod.GET, "/**")
                .hasAuthority(Permission.VIEW.name())
                .requestMatchers(HttpMethod.POST, "/admin/**")
                .hasAuthority(Permission.OPERATE.name())
                .anyRequest()
                .denyAll())
        // One that asks nobody else: an attempt is to be counted once.
        .authenticationManager(new ProviderManager(signIn))
        .formLogin(form ->
            form.loginPage("/sign-in")
                .usernameParameter("name")
                .passwordParameter("password")
                .defaultSuccessUrl("/admin/backup")
                .failureHandler(failure()))
        .logout(logout ->
            logout
                .logoutUrl("/sign-out")
                .logoutSuccessUrl("/sign-in?out")
                .addLogoutHandler((request, response, who) -> signedOut(audit, request, who)))
        .requestCache(cache -> cache.requestCache(pagesOnly()))
        .exceptionHandling(
            refusals -> refusals.authenticationEntryPoint(refused).accessDeniedHandler(refused))
        .headers(SecurityConfiguration::headers)
        .addFilterBefore(new OriginFilter(refused), CsrfFilter.class)
        .addFilterBefore(
            new SessionGuard(accounts, portal, portalSignIn, settings.idle(), clock),
            UsernamePasswordAuthenticationFilter.class)
        .build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(content -> content.policyDirectives(CONTENT))
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(permissions ->
            permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
  }

  private static AuthenticationFailureHandler failure() {
    return (request, response, failure) -> {
      String why =
          switch (failure) {
            case LockedException locked -> "wait=" + locked.getMessage();
            case AuthenticationServiceException silent -> "failed&silent";
            default -> "failed";
          };
      response.sendRedirect(request.getContextPath() + "/sign-in?" + why);
    };
  }

  private static void signedOut(
      AuditTrail audit, HttpServletRequest request, @Nullable Authentication who) {
    if (who != null && who.getPrincipal() instanceof SignedIn person) {
      audit.done(new Actor(person.actorName(), request.getRemoteAddr()), Action.SIGNED_OUT, "", "");
    }
  }

  /** After signing in one goes on to the page one came for, never to a part of one. */
  @SuppressWarnings("NullAway") // null is how Spring is told that there is to be no parameter
  private static RequestCache pagesOnly() {
    HttpSessionRequestCache cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(request ->
        request.getMethod().equals("GET")
            && request.getHeader("HX-Request") == null
            && request.getRequestURI().startsWith("/admin/"));
    return cache;
  }
}

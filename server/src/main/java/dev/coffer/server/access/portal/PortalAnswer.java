package dev.coffer.server.access.portal;

/** What a protected application's database says about a name. */
public sealed interface PortalAnswer {
  /** There is such a person. */
  record Known(PortalPerson person) implements PortalAnswer {}

  /** There is none, or there are several, or nobody is let in from there. */
  record Unknown() implements PortalAnswer {}

  /** It cannot be asked now. */
  record Unavailable() implements PortalAnswer {}
}

package dev.coffer.portal.profile;

import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Gives the profiles that ship with Coffer; each call reads them anew. */
public final class PortalProfiles {

  private static final String SALES_PORTAL = "/dev/coffer/portal/profiles/sales-portal.yaml";

  private PortalProfiles() {}

  public static List<Profile> all() {
    return List.of(salesPortal());
  }

  public static Profile salesPortal() {
    try (InputStream input = PortalProfiles.class.getResourceAsStream(SALES_PORTAL)) {
      if (input == null) {
        throw new IllegalStateException("the program lacks its own resource " + SALES_PORTAL);
      }
      return ProfileReader.read(input, "sales-portal.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

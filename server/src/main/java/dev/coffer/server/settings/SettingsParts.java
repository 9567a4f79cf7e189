package dev.coffer.server.settings;

import dev.coffer.server.ServerSettings;
import dev.coffer.server.access.portal.PortalSignIn;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the page of settings and the interface for programs tell of. */
@Component
record SettingsParts(
    ServerSettings settings,
    DatabaseStates databases,
    StorageLook storage,
    KeysLook keys,
    PortalSignIn portalSignIn,
    PortalSwitch portalSwitch) {

  List<ProtectedDatabase> protectedDatabases() {
    List<String> on = portalSignIn.databases();
    return settings.databases().stream().map(one -> ProtectedDatabase.of(one, on)).toList();
  }
}

package dev.coffer.cli.terminal;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as the build wrote it into the jar. */
public final class VersionText implements IVersionProvider {

  public static String version() {
    return Optional.ofNullable(VersionText.class.getPackage())
        .map(Package::getImplementationVersion)
        .orElse("0.0.0-unpackaged");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"coffer " + version() + ", on Java " + Runtime.version()};
  }
}

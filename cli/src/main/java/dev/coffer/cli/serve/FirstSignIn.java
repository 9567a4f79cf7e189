package dev.coffer.cli.serve;

import dev.coffer.cli.terminal.Printer;
import dev.coffer.server.CofferServer;

/** What the first visitor of a server has to know. */
public final class FirstSignIn {

  private FirstSignIn() {}

  /** Prints name and password, until somebody has signed in. */
  public static void print(Printer printer, CofferServer server) {
    server
        .firstAdmin()
        .ifPresent(first -> {
          printer.blank();
          printer.line("To sign in for the first time:");
          printer.field("Name", first.name());
          printer.field("Password", first.password());
          printer.line("It is shown here and nowhere else; you choose your own after it.");
        });
  }
}

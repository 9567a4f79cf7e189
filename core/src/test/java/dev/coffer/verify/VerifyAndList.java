package dev.coffer.verify;

import dev.coffer.error.CofferException;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.Finding;
import dev.coffer.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Says of each file named what verifying it and asking for its contents end with, one line each:
 * the findings' codes or an error's, and the state.
 */
public final class VerifyAndList {
  private VerifyAndList() {}

  public static void main(String[] files) {
    VerifyOptions options = new VerifyOptions(List.of(), List.of(), 2);
    for (String name : files) {
      Path file = Path.of(name);
      String found =
          told(() ->
              Verifier.verify(file, options, Progress.SILENT).findings().stream()
                  .map(Finding::code)
                  .map(Finding.Code::name)
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(",")));
      String state = told(() -> Inventory.info(file, List.of()).state().name());
      System.out.println(file.getFileName() + " " + found + " " + state);
    }
  }

  private static String told(Supplier<String> what) {
    try {
      return what.get();
    } catch (CofferException expected) {
      return "!" + expected.code();
    } catch (RuntimeException | Error crash) {
      return "CRASH:" + crash.getClass().getName();
    }
  }
}

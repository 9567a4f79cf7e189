package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupInfo;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.restore.record.RecordName;
import dev.coffer.restore.record.RecordSearch;
import dev.coffer.seal.Identity;
import dev.coffer.server.access.Caller;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.jobs.TooManyJobs;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The way to a plan: which backup, what of it, how, and with which key. */
@Controller
class RestoreController {
  private static final int PER_PAGE = 20;

  private final BackupFiles files;
  private final RestoreWork work;
  private final RestoreEngine engine;
  private final KeyCheck check;
  private final OpenedBackups openedBackups;
  private final PlanWords planWords;

  RestoreController(
      BackupFiles files,
      RestoreWork work,
      RestoreEngine engine,
      KeyCheck check,
      OpenedBackups openedBackups,
      PlanWords planWords) {
    this.files = files;
    this.work = work;
    this.engine = engine;
    this.check = check;
    this.openedBackups = openedBackups;
    this.planWords = planWords;
  }

  @GetMapping("/admin/restore")
  String page(
      @RequestParam MultiValueMap<String, String> parameters,
      @RequestParam(defaultValue = "1") int page,
      Caller caller,
      Model model) {
    Choice choice = Choice.of(parameters);
    model.addAttribute("choice", choice);
    if (choice.backup().isEmpty()) {
      backups(page, model);
      return "restores/choose";
    }
    Backup backup = files.named(choice.backup());
    model.addAttribute("backup", backup);
    model.addAttribute("problem", problem(backup));
    boolean locked = KeyCheck.lockedAsAWhole(backup.info().file());
    Optional<BackupInfo> content =
        locked
            ? openedBackups.info(choice.opened(), backup.info().file(), caller)
            : Optional.of(backup.info());
    model.addAttribute("locked", locked);
    model.addAttribute("partial", backup.partial());
    boolean current = locked || backup.current();
    model.addAttribute("inside", content.orElse(null));
    model.addAttribute("current", current);
    model.addAttribute("planWords", planWords);
    model.addAttribute("serverKey", !locked && !check.ofServer(backup.info().file()).isEmpty());
    model.addAttribute(
        "secrets", content.map(info -> !info.sealedColumns().isEmpty()).orElse(true));
    List<String> kinds = content.map(this::kinds).orElse(List.of());
    model.addAttribute("kinds", kinds);
    if (content.isPresent() && choice.what().equals("record") && current) {
      search(choice, backup, caller, model);
    }
    return "restores/what";
  }

  private void backups(int page, Model model) {
    List<Backup> usable;
    try {
      usable =
          files.all().stream()
              .filter(backup -> problem(backup).isEmpty() && !backup.partial())
              .toList();
    } catch (CofferException unreadable) {
      model.addAttribute("objection", PlainWords.of(unreadable).fact());
      usable = List.of();
    }
    int pages = Math.max(1, (usable.size() + PER_PAGE - 1) / PER_PAGE);
    int shown = Math.clamp(page, 1, pages);
    int from = (shown - 1) * PER_PAGE;
    model.addAttribute("backups", usable.subList(from, Math.min(from + PER_PAGE, usable.size())));
    model.addAttribute("page", shown);
    model.addAttribute("pages", pages);
  }

  /** Why nothing can be restored from a backup; empty where something can. */
  private static String problem(Backup backup) {
    if (backup.info().kind().equals("sql")) {
      return "An SQL dump is a program for psql, which Coffer does not run. Load it into an empty"
          + " database, and take a backup of that.";
    }
    return backup.info().problem().map(text -> "It is damaged: " + text + ".").orElse("");
  }

  /** The profile's words for records of which the backup has a table. */
  private List<String> kinds(BackupInfo info) {
    List<String> kinds = new ArrayList<>();
    PortalProfiles.all()
        .forEach(profile ->
            profile
                .records()
                .forEach((word, kind) -> {
                  String logical =
                      Optional.ofNullable(profile.tables().get(kind.table()))
                          .orElse(kind.table().name());
                  if (info.tables().containsKey(logical) && !kinds.contains(word)) {
                    kinds.add(word);
                  }
                }));
    return kinds;
  }

  private void search(Choice choice, Backup backup, Caller caller, Model model) {
    if (choice.record().isEmpty() && choice.search().isEmpty()) {
      return;
    }
    try {
      RecordName name =
          choice.record().isEmpty()
              ? name(choice.word(), choice.search())
              : RecordName.parse(choice.record());
      List<Identity> identities =
          openedBackups.identities(choice.opened(), backup.info().file(), caller);
      List<RecordSearch.Found> found = engine.find(backup.info().file(), identities, name);
      model.addAttribute("found", found);
    } catch (CofferException refused) {
      PlainWords told = PlainWords.of(refused);
      model.addAttribute(
          "searchProblem",
          refused.code() == ErrorCode.USAGE
              ? "A record is named by its table and its id, such as sales/cm0a1b2c3."
              : told.heading() + ". " + told.fact());
    }
  }

  private static RecordName name(String word, String text) {
    return word.isEmpty() || word.equals("id")
        ? RecordName.parse(text)
        : new RecordName.ByWord(word, text);
  }

  /** Takes the key of a backup that is locked as a whole. */
  @PostMapping("/admin/restore/key")
  String open(
      @RequestParam MultiValueMap<String, String> parameters,
      @RequestParam(defaultValue = "") String identity,
      @RequestParam(required = false) @Nullable MultipartFile identityFile,
      Caller caller,
      RedirectAttributes next) {
    Choice choice = Choice.of(parameters);
    Backup backup = files.named(choice.backup());
    try {
      List<Identity> identities = check.given(text(identity, identityFile), backup.info().file());
      return "redirect:"
          + choice.opened(openedBackups.open(backup.info().file(), identities, caller)).address();
    } catch (CofferException refused) {
      return back(choice, PlainWords.of(refused), next);
    }
  }

  @PostMapping("/admin/restore")
  String plan(
      @RequestParam MultiValueMap<String, String> parameters,
      @RequestParam(defaultValue = "") String identity,
      @RequestParam(required = false) @Nullable MultipartFile identityFile,
      Caller caller,
      RedirectAttributes next) {
    Choice choice = Choice.of(parameters);
    Backup backup = files.named(choice.backup());
    try {
      boolean locked = KeyCheck.lockedAsAWhole(backup.info().file());
      KeyUse key = key(choice, backup, locked);
      List<Identity> given =
          locked
              ? openedBackups.identities(choice.opened(), backup.info().file(), caller)
              : key == KeyUse.GIVEN
                  ? check.given(text(identity, identityFile), backup.info().file())
                  : List.of();
      if (locked && given.isEmpty()) {
        throw new CofferException(
            ErrorCode.KEY_NEEDED, "the backup is locked as a whole", "Give its key.");
      }
      RestoreOrder order =
          new RestoreOrder.FromBackup(
              backup.name(),
              backup.info().file(),
              tables(choice),
              records(choice),
              chosenMode(choice),
              key);
      Restoration restoration = work.plan(order, given, caller);
      return "redirect:/admin/restore/plan/" + restoration.id();
    } catch (CofferException refused) {
      return back(choice, PlainWords.of(refused), next);
    } catch (TooManyJobs busy) {
      return back(
          choice,
          new PlainWords("Too much is waiting", String.valueOf(busy.getMessage()), ""),
          next);
    }
  }

  private static List<String> tables(Choice choice) {
    if (choice.what().equals("tables") && choice.tables().isEmpty()) {
      throw usage("no table was chosen", "Tick the tables that are to be restored.");
    }
    return choice.what().equals("tables") ? choice.tables() : List.of();
  }

  private static List<RecordName> records(Choice choice) {
    if (!List.of("everything", "tables", "record").contains(choice.what())) {
      throw usage("nothing was chosen", "Say what is to come back.");
    }
    if (choice.what().equals("record") && choice.record().isEmpty()) {
      throw usage("no record was chosen", "Search for it, and choose one of those found.");
    }
    return choice.what().equals("record") ? choice.records() : List.of();
  }

  private static dev.coffer.restore.Mode chosenMode(Choice choice) {
    if (choice.mode().isEmpty()) {
      throw usage(
          "it was not said what happens to records that changed or came since",
          "Choose one of the three ways.");
    }
    return Choice.mode(choice.mode());
  }

  private KeyUse key(Choice choice, Backup backup, boolean locked) {
    if (locked) {
      return KeyUse.GIVEN;
    }
    if (backup.info().sealedColumns().isEmpty()) {
      return KeyUse.WITHOUT;
    }
    return switch (choice.key()) {
      case "given" -> KeyUse.GIVEN;
      case "server" -> KeyUse.SERVER;
      case "without" -> KeyUse.WITHOUT;
      default ->
          throw usage(
              "it was not said what becomes of passwords and bank details",
              "Give the key, or choose to go on without it.");
    };
  }

  private static CofferException usage(String fact, String hint) {
    return new CofferException(ErrorCode.USAGE, fact, hint);
  }

  /** What was pasted, or the file that was chosen. */
  static String text(String pasted, @Nullable MultipartFile file) {
    if (file == null || file.isEmpty()) {
      return pasted;
    }
    if (file.getSize() > KeyCheck.MOST_CHARACTERS) {
      throw new CofferException(
          ErrorCode.KEY_INVALID, "the file is far longer than a key", "Choose the key's file.");
    }
    try {
      return new String(file.getBytes(), StandardCharsets.UTF_8);
    } catch (IOException lost) {
      throw new CofferException(ErrorCode.KEY_INVALID, "the file did not arrive", "", lost);
    }
  }

  private static String back(Choice choice, PlainWords refused, RedirectAttributes next) {
    next.addFlashAttribute("refused", refused);
    return "redirect:" + choice.address();
  }

  @ExceptionHandler
  void missing(CofferException failure, HttpServletResponse response) throws IOException {
    response.sendError(
        failure.code().name().toLowerCase(Locale.ROOT).endsWith("not_found")
            ? HttpServletResponse.SC_NOT_FOUND
            : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }
}

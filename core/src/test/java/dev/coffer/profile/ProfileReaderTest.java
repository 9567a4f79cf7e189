package dev.coffer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.model.QualifiedName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileReaderTest {

  private static final QualifiedName OUTBOX = new QualifiedName("mail", "outbox");
  private static final QualifiedName ORDERS = new QualifiedName("public", "orders");

  @Test
  void readsTheExampleOfTheManual() throws IOException {
    String page = Files.readString(manual());
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    Profile profile = read(page.substring(start, page.indexOf("```", start)));

    assertThat(profile.name()).isEqualTo("bookshop");
    assertThat(profile.keys()).isEqualTo(KeyStyle.CAMEL_CASE);
    assertThat(profile.tables().sequencedValues())
        .containsExactly("customers", "orders", "orderItems", "outbox", "staff");
    assertThat(profile.sealed()).hasSize(2);
    assertThat(profile.neverSealed()).containsExactly(new ColumnName(ORDERS, "gift_token"));
    assertThat(profile.scope(Rule.MOJIBAKE)).isEqualTo(new RuleScope.Columns(Set.of()));
    assertThat(profile.scope(Rule.REPLACEMENT_CHARACTER)).isInstanceOf(RuleScope.Everywhere.class);
    assertThat(profile.scope(Rule.SEQUENTIAL_DIGITS)).isEqualTo(new RuleScope.Columns(Set.of()));
    assertThat(profile.links())
        .containsExactly(new Link(OUTBOX, List.of("order_id"), ORDERS, List.of("id")));
    assertThat(profile.communicationSummary())
        .containsEntry("totalMails", new Metric.Count(List.of(OUTBOX)))
        .containsEntry(
            "mailSuccessRate",
            new Metric.Rate(List.of(new ColumnName(OUTBOX, "state")), Set.of("SENT", "READ"), 1));
    Subset sales = profile.subset(BackupKind.SALES).orElseThrow();
    assertThat(sales.tables()).hasSize(3);
    assertThat(sales.totals())
        .containsEntry(
            "totalValue",
            new Metric.Sum(List.of(new ColumnName(ORDERS, "amount")), Optional.of(2)));
    assertThat(profile.subset(BackupKind.COMPREHENSIVE)).isEmpty();
    assertThat(profile.accounts())
        .contains(
            new AccountTable(
                new QualifiedName("public", "staff"),
                "email",
                "password_hash",
                "role",
                Set.of("OWNER", "MANAGER")));
  }

  @Test
  void readsAGroupWithLabels() {
    Profile profile =
        read(
            """
            profile: x
            recognisedBy: [a]
            tables: {a: a, '"b.c"."d""e"': odd}
            communicationSummary:
              byKind:
                groupBy: {a: kind}
                sums: {bytes: size}
                lookup: {table: '"b.c"."d""e"', key: id, label: name}
              mean: {average: {a: size}}
              yes: {count: {a: flag}, values: [true, 12]}
            """);
    QualifiedName a = new QualifiedName("public", "a");
    assertThat(profile.communicationSummary().get("byKind"))
        .isInstanceOfSatisfying(
            Metric.GroupBy.class,
            group -> {
              assertThat(group.column()).isEqualTo(new ColumnName(a, "kind"));
              assertThat(group.sums()).containsEntry("bytes", "size");
              assertThat(group.lookup())
                  .contains(new Metric.Lookup(new QualifiedName("b.c", "d\"e"), "id", "name"));
            });
    assertThat(profile.communicationSummary())
        .containsEntry("mean", new Metric.Average(List.of(new ColumnName(a, "size")), 2))
        .containsEntry(
            "yes",
            new Metric.CountMatching(List.of(new ColumnName(a, "flag")), Set.of("true", "12")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "seal: {a: [b]} | line 4 | 'seal' is not known in the profile | Allowed here: profile,",
        "profile: y | line 4 | is 'profile' for the second time | Keep one",
        "keys: snake | line 4 | 'keys' is 'snake' | Allowed here: asStored, camelCase.",
        "keys: [camelCase] | line 4 | 'keys' must be a text | Write one word",
        "keys: | line 4 | 'keys' must be a text | Write one word",
        "sealed: [a] | line 4 | 'sealed' must be a mapping | Write 'name: value' lines.",
        "sealed: {a: b} | line 4 | 'a' must be a list | Write [one, two].",
        "sealed: {a: [b, b]} | line 4 | names 'b' twice | Once is enough.",
        "sealed: {z: [b]} | line 4 | the table 'z', which is not listed | Add it under 'tables'",
        "sealed: {a.b.c: [b]} | line 4 | 'a.b.c', which is not a table's name | schema.table",
        "rules: {spelling: nowhere} | line 4 | 'spelling' is not known in 'rules' | placeholder-domain",
        "rules: {orphan: nowhere} | line 4 | 'orphan' is not known in 'rules' | mojibake",
        "rules: {placeholder-text: everywhere} | line 4 | is 'everywhere' | Allowed here: nowhere, or",
        "rules: {mojibake: somewhere} | line 4 | is 'somewhere' | Allowed here: nowhere, everywhere, or",
        "links: [{from: a}] | line 4 | 'links' lacks 'columns' | required",
        "links: [{from: a, columns: [b, c], to: a, targetColumns: [b]}] | line 4 | 2 columns to 1 | as many",
        "records: {Customer: {table: a, find: [b]}} | line 4 | no word for an option | small letters",
        "records: {c: {table: z, find: [b]}} | line 4 | the table 'z', which is not listed | Add it",
        "accounts: {table: z, name: b, password: c, role: d, admins: [X]} | line 4 | the table 'z', which is not listed | Add it",
        "accounts: {table: a, name: b, password: c, role: d} | line 4 | 'accounts' lacks 'admins' | required",
        "accounts: {table: a, name: b, password: c, role: d, admins: [X], salt: e} | line 4 | is not known in 'accounts' | admins",
        "records: {c: {table: a}} | line 4 | 'c' lacks 'find' | required",
        "records: {c: {table: a, find: [b], follows: [{from: a, columns: [b, c], targetColumns: [b]}]}} | line 4 | 2 columns to 1 | as many",
        "kinds: {weekly: {tables: [a]}} | line 4 | 'weekly' is not known in 'kinds' | sales.",
        "kinds: {sales: {totals: {}}} | line 4 | 'sales' lacks 'tables' | required",
        "communicationSummary: {x: {tally: [a]}} | line 4 | must count in one way | count, rate",
        "communicationSummary: {x: {count: [a], sum: {a: b}}} | line 4 | must count in one way | Give one of",
        "communicationSummary: {x: {rate: {a: b}}} | line 4 | 'x' lacks 'values' | required",
        "communicationSummary: {x: {count: [a], values: [b]}} | line 4 | 'values' for no column | Write",
        "communicationSummary: {x: {average: {a: b}, decimals: two}} | line 4 | whole number | 0 to 30",
        "communicationSummary: {x: {average: {a: b}, decimals: 31}} | line 4 | whole number | 0 to 30",
        "communicationSummary: {x: {groupBy: {a: b}, sums: {count: c}}} | line 4 | name of the rows' count | Choose",
      })
  void refusesWhatTheManualDoesNotDescribe(
      String line, String place, String problem, String allowed) {
    String yaml = "profile: x\nrecognisedBy: [a]\ntables: {a: a}\n" + line + "\n";
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            CofferException.class,
            thrown -> {
              assertThat(thrown.code()).isEqualTo(ErrorCode.PROFILE_INVALID);
              assertThat(thrown.fact()).startsWith("test.yaml, " + place).contains(problem);
              assertThat(thrown.hint()).contains(allowed);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "just text",
        "[a, b]",
        "profile: x\nrecognisedBy: [a]",
        "profile: x\ntables: {a: a}",
        "recognisedBy: [a]\ntables: {a: a}",
        "profile: x\nrecognisedBy: []\ntables: {a: a}",
        "profile: x\nrecognisedBy: [a]\ntables: {}",
        "profile: x\nrecognisedBy: [b]\ntables: {a: a}",
        "profile: x\nrecognisedBy: [a]\ntables: {a: t, b: t}",
        "profile: x\nrecognisedBy: [a]\ntables: {a: t, public.a: u}",
        "profile: x\nrecognisedBy: [a]\ntables: {a: '\"public\".\"b\"'}",
        "profile: x\nrecognisedBy: [a]\ntables: {a: a}\nsealed: {a: [s]}\nneverSealed: {a: [s]}",
        "profile: x\nrecognisedBy: [a]\ntables: {a: a}\n---\nprofile: y",
        "profile: x\nrecognisedBy: [a]\ntables: {a: a}\nsealed: {a: [s]}\n"
            + "communicationSummary: {n: {countBy: {a: s}}}",
        "profile: &p [*p]\nrecognisedBy: [a]\ntables: {a: a}",
      })
  void refusesIncompleteOrContradictoryProfiles(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            CofferException.class,
            thrown -> {
              assertThat(thrown.code()).isEqualTo(ErrorCode.PROFILE_INVALID);
              assertThat(thrown.hint()).isNotEmpty();
            });
  }

  @Test
  void aFileThatIsNoProfileIsNotQuoted() {
    assertThatThrownBy(() -> read("key: AGE-SECRET-KEY-1: }{ \"\n\tx"))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("AGE-SECRET");
  }

  @Test
  void aMissingFileIsSaid(@TempDir Path folder) {
    assertThatThrownBy(() -> ProfileReader.read(folder.resolve("none.yaml")))
        .isInstanceOfSatisfying(
            CofferException.class,
            thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.FILE_UNREADABLE));
  }

  private static Path manual() {
    Path here = Path.of("").toAbsolutePath();
    Path page = here.resolve("docs/profiles.md");
    return Files.exists(page) ? page : here.resolveSibling("docs/profiles.md");
  }

  private static Profile read(String yaml) {
    return ProfileReader.read(
        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "test.yaml");
  }
}

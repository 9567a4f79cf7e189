package dev.coffer.profile;

import static dev.coffer.profile.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.model.Column;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NamingTest {

  private static final Profile CAMEL =
      profile("keys: camelCase\ntables: {leads: leads, Lead: people, app.notes: notes}");

  @Test
  void neutralNamesAreTheCatalogsOwn() {
    assertThat(
            names(
                Profile.NEUTRAL,
                table("zebra", "id"),
                table(new QualifiedName("audit", "login_events"), "id"),
                table("Foo_bar", "first_name")))
        .containsExactly("audit.login_events", "Foo_bar", "zebra");
  }

  @Test
  void largeObjectsKeepTheirNameAndAreNotSealed() {
    Table pages =
        new Table(
            new QualifiedName("pg_catalog", "pg_largeobject"),
            "",
            Table.Kind.LARGE_OBJECTS,
            table("t", "oid", "secret").columns(),
            List.of("oid"),
            List.of(),
            "");
    Table named = apply(CAMEL, pages);
    assertThat(named.logicalName()).isEqualTo("pg_catalog.pg_largeobject");
    assertThat(named.sealedColumns()).isEmpty();
  }

  @Test
  void namesThatWouldBeEqualBecomeSql() {
    assertThat(
            names(
                Profile.NEUTRAL,
                table(new QualifiedName("a", "b.c")),
                table(new QualifiedName("a.b", "c")),
                table("other")))
        .containsExactly("\"a\".\"b.c\"", "\"a.b\".\"c\"", "other");
    assertThat(names(CAMEL, table("foo_bar"), table("fooBar"), table("FOO_BAR")))
        .containsExactly("FOO_BAR", "\"public\".\"fooBar\"", "\"public\".\"foo_bar\"");
  }

  @Test
  void aTableThatIsNamedLikeTheSqlOfAnotherStillDiffers() {
    Table first = table(new QualifiedName("a", "b.c"));
    Table second = table(new QualifiedName("a.b", "c"));
    Table mean = table(new QualifiedName("public", "\"a\".\"b.c\""));
    assertThat(names(Profile.NEUTRAL, first, second, mean)).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void theProfilesNamesStandAgainstOthers() {
    assertThat(
            names(CAMEL, table("people"), table("Lead"), table(new QualifiedName("app", "notes"))))
        .containsExactly("people", "notes", "\"public\".\"people\"");
  }

  @Test
  void everyOrderOfTheCatalogGivesTheSameDocument() {
    List<Table> tables = new ArrayList<>();
    for (String name : List.of("b", "a_b", "aB", "Lead", "leads", "\"", "a\"b", "ı_i", "ıI", "$")) {
      tables.add(table(name, "x_y", "xY", "x__y", "id"));
      tables.add(table(new QualifiedName("S \" .", name), "x_y", "z_z"));
    }
    NamedTables expected = Naming.apply(CAMEL, tables, List.of());
    assertThat(expected.tables()).extracting(Table::logicalName).doesNotHaveDuplicates();
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(tables, random);
      assertThat(Naming.apply(CAMEL, tables, List.of())).isEqualTo(expected);
    }
  }

  @Test
  void columnsWhoseKeysWouldBeEqualKeepTheirNames() {
    Table table = apply(CAMEL, table("t", "foo_bar", "fooBar", "other_one", "foo__bar"));
    assertThat(table.columns())
        .extracting(Column::key)
        .containsExactly("foo_bar", "fooBar", "otherOne", "foo__bar");
    assertThat(apply(Profile.NEUTRAL, table("t", "other_one")).columns().getFirst().key())
        .isEqualTo("other_one");
  }

  @Test
  void theFingerprintsKeyIsFree() {
    assertThat(apply(Profile.NEUTRAL, table("t", "name")).fingerprintKey()).isEmpty();
    assertThat(apply(Profile.NEUTRAL, table("t", "password")).fingerprintKey())
        .isEqualTo("$sealed");
    assertThat(
            apply(Profile.NEUTRAL, table("t", "password", "$sealed", "$sealed$")).fingerprintKey())
        .isEqualTo("$sealed$$");
  }

  @Test
  void sealsWhatTheProfileNamesAndWhatLooksSecret() {
    Profile profile =
        profile(
            """
            keys: camelCase
            tables: {users: people}
            sealed: {users: [shoe_size, gone]}
            neverSealed: {users: [gift_token]}
            """);
    Table users =
        table("users", "id", "shoe_size", "gift_token", "api_key", "secret:boolean", "name");
    NamedTables named = Naming.apply(profile, List.of(users), List.of());

    assertThat(named.tables().getFirst().sealedColumns())
        .extracting(Column::key)
        .containsExactly("shoeSize", "apiKey");
    assertThat(named.sealed())
        .extracting(sealed -> sealed.table() + "." + sealed.column() + ": " + sealed.reason())
        .containsExactly(
            "people.shoeSize: named by the profile test", "people.apiKey: its name says API key");
    assertThat(named.notSealed())
        .extracting(column -> column.column() + ": " + column.reason())
        .containsExactly(
            "giftToken: its name says token, but the profile test says it is none",
            "secret: its name says secret, but its type, boolean, cannot hold one");
    assertThat(named.unmatched()).containsExactly("users.gone");
  }

  @Test
  void keysAreNotSealedByNameAlone() {
    Table sessions =
        new Table(
            new QualifiedName("public", "sessions"),
            "",
            Table.Kind.TABLE,
            table("s", "token", "refresh_token", "api_key", "secret").columns(),
            List.of("token"),
            List.of(List.of("refresh_token")),
            "");
    ForeignKey key =
        new ForeignKey(
            "fk",
            new QualifiedName("public", "calls"),
            List.of("key"),
            sessions.name(),
            List.of("api_key"),
            "NO ACTION",
            false,
            true);
    NamedTables named = Naming.apply(Profile.NEUTRAL, List.of(sessions), List.of(key));
    assertThat(named.tables().getFirst().sealedColumns())
        .extracting(Column::name)
        .containsExactly("secret");
    assertThat(named.notSealed())
        .extracting(NamedTables.NotSealed::reason)
        .containsExactly(
            "its name says token, but it is part of the primary key",
            "its name says token, but it is part of a unique key",
            "its name says API key, but it is part of a foreign key");
  }

  @Test
  void aProfileCannotSealAPrimaryKey() {
    Profile profile = profile("tables: {users: users}\nsealed: {users: [id]}");
    assertThatThrownBy(() -> apply(profile, table("users", "id")))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("seals users.id")
        .hasMessageContaining("HINT");
  }

  @Test
  void computedColumnsAreInNoRowAndNeedNoSeal() {
    Column plain = table("t", "password").columns().getFirst();
    Column computed =
        new Column(
            "password_copy",
            "password_copy",
            "text",
            plain.kind(),
            false,
            false,
            Column.Generation.STORED);
    Table table =
        new Table(
            new QualifiedName("public", "t"),
            "",
            Table.Kind.TABLE,
            List.of(computed),
            List.of(),
            List.of(),
            "");
    assertThat(apply(Profile.NEUTRAL, table).fingerprintKey()).isEmpty();
  }

  @Test
  void theMostSpecificProfileIsChosen() {
    Profile one = profile("one", "[a]", "tables: {a: a, x: x}");
    Profile two = profile("two", "[a, b]", "tables: {a: a, b: b}");
    Profile sameAsOneButKnowsMore = profile("more", "[a]", "tables: {a: a, b: b}");
    List<Profile> all = List.of(one, two, sameAsOneButKnowsMore);
    List<Table> both = List.of(table("a"), table("b"));

    assertThat(Profiles.choose(all, both).name()).isEqualTo("two");
    assertThat(Profiles.choose(all, List.of(table("b"))).name()).isEqualTo("neutral");
    assertThat(Profiles.choose(all, List.of(table("a"), table("x"))).name()).isEqualTo("one");
    assertThat(Profiles.choose(all, List.of(table("a"))).name()).isEqualTo("more");
    assertThat(Profiles.choose(List.of(one, sameAsOneButKnowsMore), both).name()).isEqualTo("more");
  }

  private static List<String> names(Profile profile, Table... tables) {
    return Naming.apply(profile, List.of(tables), List.of()).tables().stream()
        .map(Table::logicalName)
        .collect(Collectors.toList());
  }

  private static Table apply(Profile profile, Table table) {
    return Naming.apply(profile, List.of(table), List.of()).tables().getFirst();
  }

  private static Profile profile(String yaml) {
    String first = yaml.substring(yaml.indexOf('{') + 1, yaml.indexOf(':', yaml.indexOf('{')));
    return profile("test", "[" + first + "]", yaml);
  }

  private static Profile profile(String name, String recognisedBy, String yaml) {
    String text = "profile: " + name + "\nrecognisedBy: " + recognisedBy + "\n" + yaml;
    return ProfileReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test.yaml");
  }
}

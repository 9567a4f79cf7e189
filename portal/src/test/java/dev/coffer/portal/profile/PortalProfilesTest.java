package dev.coffer.portal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.BackupKind;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.ColumnName;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Profiles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortalProfilesTest {

  @Test
  void namesTheTablesAsThePortalsBackupsAlwaysDid() {
    assertThat(PortalProfiles.salesPortal().tables())
        .containsEntry(publicTable("sms_logs"), "smsLogs")
        .containsEntry(publicTable("Lead"), "leads")
        .containsEntry(publicTable("LeadDispositionHistory"), "leadDispositionHistory")
        .containsEntry(publicTable("EmailLog"), "emailLogs")
        .containsEntry(publicTable("_prisma_migrations"), "_prisma_migrations");
  }

  @Test
  void sealsPasswordsAndPaymentDetails() {
    assertThat(PortalProfiles.salesPortal().sealed())
        .containsExactlyInAnyOrder(
            new ColumnName(publicTable("users"), "password"),
            new ColumnName(publicTable("sales"), "accountNumber"),
            new ColumnName(publicTable("sales"), "sortCode"),
            new ColumnName(publicTable("sales"), "accountName"));
  }

  @Test
  void countsWhatThePortalShows() {
    Profile profile = PortalProfiles.salesPortal();
    assertThat(profile.communicationSummary().sequencedKeySet())
        .startsWith("totalSMS", "smsSuccessRate", "smsByStatus", "totalDocuments")
        .contains("documentsGenerated", "totalEmails", "emailSuccessRate");
    assertThat(profile.subset(BackupKind.SALES).orElseThrow().totals().sequencedKeySet())
        .containsExactly(
            "totalSales",
            "totalSystemValue",
            "averagePerCustomer",
            "customersWithBoilers",
            "totalAppliances");
  }

  @Test
  void isRecognisedByItsTables() {
    List<Profile> all = PortalProfiles.all();
    assertThat(Profiles.choose(all, tables("users", "sales", "appliances", "x")).name())
        .isEqualTo("sales-portal");
    assertThat(Profiles.choose(all, tables("users", "orders")).name()).isEqualTo("neutral");
  }

  private static List<Table> tables(String... names) {
    return Arrays.stream(names)
        .map(name ->
            new Table(
                publicTable(name), name, Table.Kind.TABLE, List.of(), List.of(), List.of(), ""))
        .toList();
  }

  private static QualifiedName publicTable(String name) {
    return new QualifiedName("public", name);
  }
}

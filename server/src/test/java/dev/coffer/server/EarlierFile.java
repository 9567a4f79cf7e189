package dev.coffer.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A comprehensive backup as the portal's earlier system wrote it, among a site's backups. */
final class EarlierFile {
  /** Stands in every value that no page may show. */
  static final String PLANTED = "planted-secret";

  private static final String DOCUMENT =
      """
      {
        "timestamp": "2026-01-25T14:30:45.123Z",
        "version": "3.0.0",
        "backupType": "comprehensive",
        "createdBy": "admin@portal.example",
        "reason": "Before the system update",
        "tables": {
          "users": [
            {"id": "cm0u1", "email": "agent@portal.example", "password": "[ENCRYPTED]",
             "role": "AGENT", "createdAt": "2025-03-01T09:00:00.000Z"},
            {"id": "cm0u2", "email": "odd@portal.example", "password": "planted-secret",
             "role": "ADMIN", "createdAt": "2025-03-01T09:00:00.000Z"}
          ],
          "sales": [
            {"id": "cm0s1", "createdAt": "2025-04-02T10:11:12.000Z", "customerFirstName": "Zo\u00eb",
             "customerLastName": "O'Neil", "email": "zoe@mail.example", "phoneNumber": "07700900123",
             "notes": "<script>alert(3)</script>", "accountName": "planted-secret",
             "sortCode": "planted-secret", "accountNumber": "planted-secret",
             "status": "ACTIVE", "boilerCoverSelected": true, "totalPlanCost": 19.90,
             "createdById": "cm0u1", "createdBy": {"email": "agent@portal.example"},
             "appliances": [{"id": "cm0a1", "saleId": "cm0s1"}],
             "metadata": {"channel": "phone", "bank": {"accountName": "planted-secret"}}},
            {"id": "cm0s2", "createdAt": "2025-05-02T10:11:12.000Z", "customerFirstName": "Adam",
             "customerLastName": "Smith", "email": "adam@mail.example", "phoneNumber": "07700900124",
             "notes": null, "accountName": null, "status": "CANCELLED", "boilerCoverSelected": false,
             "totalPlanCost": 7, "createdById": "cm0gone"}
          ],
          "appliances": [
            {"id": "cm0a1", "saleId": "cm0s1", "appliance": "Washing machine", "cost": 4.99},
            {"id": "cm0a2", "saleId": "cm0s1", "appliance": "Oven", "cost": 5.50}
          ],
          "smsLogs": [
            {"id": "cm0m1", "saleId": "cm0s1", "smsStatus": "SENT", "messageContent": "Welcome",
             "sale": {"customerFirstName": "Zo\u00eb", "accountNumber": "planted-secret"}}
          ],
          "leads": [
            {"id": "cm0l1", "email": "zoe@mail.example", "customerFirstName": "Zo\u00eb",
             "currentStatus": "SALE_MADE"}
          ],
          "fieldConfigurations": []
        },
        "metadata": {"totalRecords": 8}
      }
      """;

  private EarlierFile() {}

  /** The name of a whole one. */
  static String whole(Site site) {
    return write(site, "2026-01-25T14-30-45-123Z", DOCUMENT);
  }

  /** The name of one that breaks off within the second of its appliances. */
  static String cut(Site site) {
    return write(
        site, "2026-01-24T14-30-45-123Z", DOCUMENT.substring(0, DOCUMENT.indexOf("\"Oven\"") + 3));
  }

  private static String write(Site site, String stamp, String document) {
    String name = "comprehensive-backup-" + stamp + ".json";
    try {
      Files.writeString(site.backups().resolve(name), document);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return name;
  }
}

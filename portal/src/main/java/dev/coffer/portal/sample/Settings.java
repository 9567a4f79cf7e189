package dev.coffer.portal.sample;

import java.util.List;

/** The portal's fixed vocabulary: form fields, kinds of template, appliances. */
final class Settings {
  static final List<String> FIELDS =
      List.of(
          "customerFirstName",
          "customerLastName",
          "title",
          "phoneNumber",
          "email",
          "notes",
          "mailingStreet",
          "mailingCity",
          "mailingProvince",
          "mailingPostalCode",
          "accountName",
          "sortCode",
          "accountNumber",
          "directDebitDate",
          "boilerMake",
          "boilerAge",
          "landlordName",
          "preferredContactTime",
          "marketingConsent",
          "vulnerableCustomer",
          "previousInsurer",
          "referredBy");

  static final List<String> TEMPLATE_TYPES =
      List.of(
          "welcome_letter",
          "direct_debit_confirmation",
          "policy_schedule",
          "cancellation_letter",
          "renewal_notice");

  static final List<String> APPLIANCES =
      List.of(
          "Washing Machine",
          "Fridge Freezer",
          "Dishwasher",
          "Electric Cooker",
          "Gas Hob",
          "Tumble Dryer",
          "Microwave",
          "TV",
          "Electric Oven",
          "Cooker Hood",
          "Freezer",
          "Washer Dryer",
          "Vacuum Cleaner",
          "Other");

  static final List<String> OTHER_APPLIANCES =
      List.of(
          "Wine cooler",
          "American-style fridge (\"the big one\")",
          "Range cooker, 110 cm",
          "Nespresso machine",
          "Dehumidifier \u2013 cellar",
          "Tassimo; warranty expired",
          "Robot vacuum 'Henry'");

  static final List<String> BRANDS =
      List.of(
          "Bosch",
          "Hotpoint",
          "Beko",
          "Samsung",
          "LG",
          "Zanussi",
          "Indesit",
          "Miele",
          "AEG",
          "Neff",
          "Smeg",
          "Whirlpool",
          "Siemens",
          "Candy",
          "Belling");

  private Settings() {}
}

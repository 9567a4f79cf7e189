package dev.coffer.portal.sample;

import java.util.List;

/** Towns with their county and postcode area, and names of streets. */
final class Places {
  /** A town; {@code districts} is the highest district number used with its postcode area. */
  record Town(String name, String county, String area, int districts) {}

  static final List<Town> TOWNS =
      List.of(
          new Town("Leeds", "West Yorkshire", "LS", 28),
          new Town("Bradford", "West Yorkshire", "BD", 22),
          new Town("Huddersfield", "West Yorkshire", "HD", 9),
          new Town("Sheffield", "South Yorkshire", "S", 36),
          new Town("Kingston upon Hull", "East Riding of Yorkshire", "HU", 17),
          new Town("York", "North Yorkshire", "YO", 32),
          new Town("Newcastle upon Tyne", "Tyne and Wear", "NE", 40),
          new Town("Sunderland", "Tyne and Wear", "SR", 8),
          new Town("Manchester", "Greater Manchester", "M", 35),
          new Town("Bolton", "Greater Manchester", "BL", 9),
          new Town("Stockport", "Greater Manchester", "SK", 17),
          new Town("Liverpool", "Merseyside", "L", 38),
          new Town("Preston", "Lancashire", "PR", 9),
          new Town("Birmingham", "West Midlands", "B", 48),
          new Town("Coventry", "West Midlands", "CV", 13),
          new Town("Wolverhampton", "West Midlands", "WV", 16),
          new Town("Leicester", "Leicestershire", "LE", 19),
          new Town("Nottingham", "Nottinghamshire", "NG", 25),
          new Town("Derby", "Derbyshire", "DE", 24),
          new Town("Stoke-on-Trent", "Staffordshire", "ST", 21),
          new Town("Norwich", "Norfolk", "NR", 35),
          new Town("King's Lynn", "Norfolk", "PE", 34),
          new Town("Ipswich", "Suffolk", "IP", 33),
          new Town("Bristol", "Bristol", "BS", 49),
          new Town("Weston-super-Mare", "Somerset", "BS", 29),
          new Town("Plymouth", "Devon", "PL", 21),
          new Town("Westward Ho!", "Devon", "EX", 39),
          new Town("Truro", "Cornwall", "TR", 27),
          new Town("Southampton", "Hampshire", "SO", 45),
          new Town("Portsmouth", "Hampshire", "PO", 22),
          new Town("Brighton", "East Sussex", "BN", 45),
          new Town("Croydon", "Greater London", "CR", 9),
          new Town("London", "Greater London", "SE", 28),
          new Town("London", "Greater London", "N", 22),
          new Town("Cardiff", "South Glamorgan", "CF", 48),
          new Town("Swansea", "West Glamorgan", "SA", 20),
          new Town("Ynys Môn", "Gwynedd", "LL", 78),
          new Town("Glasgow", "Lanarkshire", "G", 46),
          new Town("Edinburgh", "Midlothian", "EH", 17),
          new Town("Aberdeen", "Aberdeenshire", "AB", 25),
          new Town("Inverness", "Highland", "IV", 28),
          new Town("Belfast", "County Antrim", "BT", 17),
          new Town("Derry/Londonderry", "County Londonderry", "BT", 48));

  static final List<String> STREETS =
      List.of(
          "High Street",
          "Station Road",
          "Church Lane",
          "Victoria Road",
          "Park Avenue",
          "The Green",
          "Mill Lane",
          "Queens Road",
          "King's Crescent",
          "Main Street",
          "Manor Drive",
          "Albert Street",
          "Springfield Close",
          "St. Mary's Walk",
          "St Andrew's Gardens",
          "Whip-Ma-Whop-Ma-Gate",
          "Placeholder Way",
          "Chestnut Grove",
          "Oak Tree Close",
          "Bishop's Rise",
          "Ffordd y Môr",
          "Heol-y-Bont",
          "Rue Lane",
          "Sauchiehall Street",
          "Gallowgate",
          "Bank Street",
          "Elm Drive",
          "Larch Court",
          "Windsor Terrace",
          "Wellington Place",
          "Nelson Mews",
          "Cromwell Road",
          "Shaftesbury Avenue",
          "Canal Side",
          "Harbour View",
          "Quarry Hill",
          "Moor End",
          "Beck Bottom",
          "Unknown Warrior's Row",
          "Tester's Yard");

  static final List<String> HOUSES =
      List.of(
          "Rose Cottage", "The Old Vicarage", "Tŷ Gwyn", "Flat 2b", "Apartment 14", "Willow End");

  private Places() {}
}

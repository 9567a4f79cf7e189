package dev.coffer.portal.sample;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The plan of a sample: how many appliances, messages and documents each sale has, which leads
 * became which sales. Everything else about a row follows from the seed and its index, so that
 * tables are written independently and agree. Takes about 12 bytes a sale or lead. Immutable; for
 * any thread.
 */
final class Population {
  private static final double LEAD_IMPORTED = 0.55;
  private static final long IMPORT_PACE = 23;

  final long seed;
  final Calendar calendar;
  final Counts counts;
  private final byte[] appliances;
  private final byte[] documents;
  private final byte[] textMessages;
  private final byte[] leadAppliances;
  private final byte[] dispositions;
  private final int[] leadOfSale;
  private final int[] saleOfLead;

  Population(long seed, Calendar calendar, Counts counts) {
    this.seed = seed;
    this.calendar = calendar;
    this.counts = counts;
    this.leadOfSale = new int[counts.sales()];
    this.saleOfLead = new int[counts.leads()];
    link();
    Dice dice = new Dice(seed, Stream.POPULATION, 1);
    this.appliances =
        Spread.exactly(
            counts.appliances(),
            new byte[counts.sales()],
            ApplianceCover.MOST,
            dice,
            sale -> dice.weighted(6, 12, 16, 18, 16, 12, 9, 6, 3, 1, 1));
    this.documents = Spread.scatter(counts.documents(), counts.sales(), dice);
    this.textMessages = Spread.scatter(counts.textMessages(), counts.sales(), dice);
    this.leadAppliances = Spread.scatter(counts.leadAppliances(), counts.leads(), dice);
    byte[] leastDispositions = new byte[counts.leads()];
    for (int lead = 0; lead < leastDispositions.length; lead++) {
      leastDispositions[lead] = (byte) (saleOfLead[lead] >= 0 ? 1 : 0);
    }
    this.dispositions =
        Spread.exactly(
            counts.dispositions(),
            leastDispositions,
            12,
            dice,
            lead -> dice.weighted(20, 25, 20, 14, 9, 6, 3, 2, 1));
  }

  /** Gives chosen leads, in random order, the first free sale some days later. */
  private void link() {
    Arrays.fill(leadOfSale, -1);
    Arrays.fill(saleOfLead, -1);
    Dice dice = new Dice(seed, Stream.POPULATION, 0);
    BitSet candidates = new BitSet(saleOfLead.length);
    candidates.set(0, saleOfLead.length);
    int left = counts.links();
    while (left > 0 && !candidates.isEmpty()) {
      int lead = dice.below(saleOfLead.length);
      if (!candidates.get(lead)) {
        continue;
      }
      candidates.clear(lead);
      int sale = firstSaleAfter(leadTime(lead) + Calendar.DAY / 4 + dice.below(20 * Calendar.DAY));
      while (sale < leadOfSale.length && leadOfSale[sale] >= 0) {
        sale++;
      }
      if (sale < leadOfSale.length) {
        leadOfSale[sale] = lead;
        saleOfLead[lead] = sale;
        left--;
      }
    }
    if (left > 0) {
      throw new IllegalStateException(left + " leads find no sale that they could have become.");
    }
  }

  private int firstSaleAfter(long time) {
    int low = 0;
    int high = leadOfSale.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (saleTime(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  String userId(int user) {
    return Cuid.of(seed, Stream.USER, user, userTime(user));
  }

  long userTime(int user) {
    return calendar.begin() - (counts.users() - user) * 7L * Calendar.DAY + 9 * Calendar.HOUR;
  }

  /** The first two users, and one in ten of the others, administer; the rest sell. */
  boolean administers(int user) {
    return user < 2 || user % 10 == 0;
  }

  Customer user(int user) {
    return People.at(seed, Stream.USER, 100 + user);
  }

  private int agent(Dice dice) {
    return 2 + dice.below(counts.users() - 2);
  }

  int applianceCount(int sale) {
    return appliances[sale];
  }

  int documentCount(int sale) {
    return documents[sale];
  }

  int textMessageCount(int sale) {
    return textMessages[sale];
  }

  int leadApplianceCount(int lead) {
    return leadAppliances[lead];
  }

  /** Pence a month. */
  int leadApplianceCost(int lead, int number) {
    Dice dice = new Dice(~seed, Stream.LEAD_APPLIANCE, (long) lead * Byte.MAX_VALUE + number);
    return 349 + 50 * dice.below(10);
  }

  boolean saleWasLead(int sale) {
    return leadOfSale[sale] >= 0;
  }

  long saleTime(int sale) {
    double within = new Dice(seed, Stream.SALE_TIME, sale).fraction();
    return calendar.at((sale + within) / leadOfSale.length);
  }

  String saleId(int sale) {
    return Cuid.of(seed, Stream.SALE, sale, saleTime(sale));
  }

  /** When a sale's document was made: the first soon after the sale, others within a year. */
  long documentTime(int sale, int number) {
    Dice dice = new Dice(seed, Stream.DOCUMENT, (long) sale * Byte.MAX_VALUE + number);
    return calendar.openAfter(saleTime(sale), dice, (number == 0 ? 2 : 365) * Calendar.DAY);
  }

  Sale sale(int index) {
    Dice dice = new Dice(seed, Stream.SALE, index);
    int lead = leadOfSale[index];
    Customer customer =
        lead >= 0 ? leadCustomer(lead) : People.at(seed, Stream.SALE_CUSTOMER, index);
    long createdAt = saleTime(index);
    long applianceCost = 0;
    for (int number = 0; number < appliances[index]; number++) {
      applianceCost += ApplianceCover.of(seed, index, number).cost();
    }
    boolean boiler = dice.chance(0.4) || appliances[index] == 0;
    long midnight = createdAt - createdAt % Calendar.DAY;
    return new Sale(
        index,
        saleId(index),
        createdAt,
        customer,
        lead >= 0 ? leadAgent(lead) : agent(dice),
        appliances[index],
        applianceCost,
        boiler ? 1_499 + 100L * dice.below(12) : 0,
        midnight + (5 + dice.below(30)) * Calendar.DAY);
  }

  /** The first lead that came with this batch. */
  int batchBegin(int batch) {
    return (int) ((long) batch * counts.leads() / counts.batches());
  }

  /** How many leads were imported with this batch; those up to the next came one by one. */
  int batchSize(int batch) {
    return (int) ((batchBegin(batch + 1) - batchBegin(batch)) * LEAD_IMPORTED);
  }

  long batchTime(int batch) {
    return calendar.at((double) batchBegin(batch) / counts.leads());
  }

  int batchOf(int lead) {
    return (int) (((lead + 1L) * counts.batches() - 1) / counts.leads());
  }

  boolean imported(int lead) {
    int batch = batchOf(lead);
    return lead - batchBegin(batch) < batchSize(batch);
  }

  long leadTime(int lead) {
    int batch = batchOf(lead);
    int begin = batchBegin(batch);
    int size = batchBegin(batch + 1) - begin;
    int single = lead - begin - batchSize(batch);
    if (single < 0) {
      return batchTime(batch) + (lead - begin) * IMPORT_PACE;
    }
    double within = 0.2 + 0.8 * new Dice(seed, Stream.LEAD_TIME, lead).fraction();
    double position = begin + size * (single + within) / (size - batchSize(batch));
    return calendar.at(position / counts.leads());
  }

  String leadId(int lead) {
    return Cuid.of(seed, Stream.LEAD, lead, leadTime(lead));
  }

  private Customer leadCustomer(int lead) {
    return People.at(seed, Stream.LEAD_CUSTOMER, lead);
  }

  private int leadAgent(int lead) {
    return agent(new Dice(seed, Stream.LINK, lead));
  }

  Lead lead(int index) {
    Dice dice = new Dice(seed, Stream.LEAD, index);
    int sale = saleOfLead[index];
    long createdAt = leadTime(index);
    long last = calendar.openAfter(createdAt + Calendar.HOUR, dice, 40 * Calendar.DAY);
    String ending = Lead.ending(dice);
    if (sale >= 0) {
      last = saleTime(sale);
      ending = "SALE_MADE";
    } else if (dispositions[index] == 0) {
      last = -1;
      ending = "NEW";
    }
    long applianceCost = 0;
    for (int number = 0; number < leadAppliances[index]; number++) {
      applianceCost += leadApplianceCost(index, number);
    }
    return new Lead(
        index,
        leadId(index),
        createdAt,
        leadCustomer(index),
        leadAgent(index),
        sale,
        dispositions[index],
        last,
        ending,
        applianceCost,
        dice.chance(0.4) || leadAppliances[index] == 0 ? 1_499 + 100L * dice.below(12) : 0);
  }
}

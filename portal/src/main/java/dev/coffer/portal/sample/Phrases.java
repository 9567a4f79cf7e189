package dev.coffer.portal.sample;

import java.util.List;

/**
 * What agents type and what the portal sends. {@code {first}}, {@code {price}}, {@code {day}} and
 * {@code {plan}} are filled in by {@link Wording}.
 */
final class Phrases {
  static final List<String> NOTES =
      List.of(
          "Prefers to be called after 6pm.",
          "Customer said \"ring me back on {day}\", and hung up.",
          "Hard of hearing: speak slowly; wife usually answers.",
          "Boiler is a Worcester Bosch Greenstar, serviced in March.",
          "Very happy with the price \uD83D\uDE0A",
          "Wants a letter as well as an e-mail.",
          "DD moved to the 28th at the customer's request.",
          "Quoted £{price} a month; agreed.",
          "Has cover elsewhere until {day}; compare like for like.",
          "Key safe by the back door \u2013 don't write the code here!",
          "Password on the account: mother's maiden name (not recorded).",
          "Scanned form saved as C:\\Scans\\{plan}.pdf",
          "Dog in the garden \uD83D\uDC36\uD83D\uDC15 \u2013 engineer to phone first.",
          "Called twice\tno answer\tleft voicemail",
          "Discount of 10% applied; see rate card;manager approved.",
          "Rents the property. Landlord: Mrs O'Leary, lives at no. 7.",
          "Complaint about earlier engineer resolved, goodwill of £20 sent \uD83D\uDC4D",
          "Speaks mainly Polish \u2013 \"proszę mówić powoli\".",
          "Asked whether the plan covers the oven's \u201Cpyrolytic\u201D function: yes.",
          "Email bounced once, spelling corrected.",
          "Moving house in spring, will want the plan transferred.",
          "Cymraeg os gwelwch yn dda \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73\uDB40\uDC7F",
          "Age of washing machine: 4 years, 'making a noise like a jet engine'.",
          "Paid the first instalment by phone \u2714");

  static final List<String> DISPOSITION_NOTES =
      List.of(
          "No answer.",
          "Voicemail left.",
          "Line engaged, try again {day}.",
          "Asked for a call back {day} after work.",
          "Not interested: \"already covered by my bank\".",
          "Spoke to partner; decision maker back at 7pm.",
          "Wrong time, baby asleep \uD83D\uDE34",
          "Wants it in writing first.",
          "Interested in boiler only, £{price} is a bit steep.",
          "Number rang out\\no voicemail.",
          "Agreed on the phone, took bank details.",
          "Please don't call again. Marked accordingly.");

  static final List<String> TEXT_MESSAGES =
      List.of(
          "Hi {first}, thank you for choosing Harbour Home Cover. Your plan {plan} has started. First"
              + " payment of £{price} by Direct Debit on {day}. Questions? 01632 960123",
          "Harbour Home Cover: your documents for {plan} are ready. We've e-mailed them to you. Reply"
              + " HELP for help.",
          "{first}, your Direct Debit of £{price} will be collected on or around {day}. No need to do"
              + " anything \uD83D\uDE42",
          "Hello {first}, we couldn't collect £{price} for plan {plan}. Please call us on 01632"
              + " 960123 so that your cover doesn't lapse.",
          "Reminder: your boiler service is due. Book a visit: 01632 960456. Harbour Home Cover",
          "{first}, sorry to see you go. Plan {plan} ends on {day}. You can come back any time.");

  static final List<String> EMAIL_SUBJECTS =
      List.of(
          "Welcome to Harbour Home Cover, {first}",
          "Your plan documents ({plan})",
          "Your Direct Debit of £{price} from {day}",
          "We couldn't reach you, {first}",
          "Time to renew: {plan}");

  static final List<String> EMAIL_BODIES =
      List.of(
          "Dear {first},\n\nThank you for choosing Harbour Home Cover. Your plan {plan} is now active"
              + " and costs £{price} a month.\n\nWhat happens next?\n\u2022 Your documents are"
              + " attached.\n\u2022 The first payment is taken on {day}.\n\u2022 If something breaks,"
              + " call 01632 960123, day or night.\n\nKind regards,\nThe Harbour team",
          "Dear {first},\r\n\r\nplease find attached the schedule for {plan}. It lists each appliance"
              + " with its limit. Tell us within 14 days if anything isn't right.\r\n\r\nYours"
              + " sincerely,\r\nCustomer Services",
          "Hello {first},\n\nas agreed on the phone, £{price} will leave your account on or around"
              + " {day}. The payment shows as \"HARBOUR HOME\".\n\nThe Direct Debit Guarantee protects"
              + " you.\n\nHarbour Home Cover",
          "Hi {first},\n\nwe tried to ring you about your enquiry. When would suit you? Just reply to"
              + " this e-mail; we're here Monday to Saturday, 8\u20137.\n\nBest wishes\nYour Harbour"
              + " adviser",
          "Dear {first},\n\nyour cover {plan} renews on {day}. The price stays at £{price}; there is"
              + " nothing to do.\n\nThank you for staying with us \uD83D\uDC99\nHarbour Home Cover");

  static final List<String> CALLS =
      List.of(
          "Welcome call: explained limits and excess, customer content.",
          "Customer rang to ask when the engineer comes; booked for {day}.",
          "Chased failed payment of £{price}; card details updated with the bank.",
          "Annual review. Added tumble dryer; new price £{price}.",
          "Caller asked: \"What's the difference between 'wear' and 'tear'?\" Explained.",
          "Complaint logged; call back promised {day}.",
          "Talked about moving {plan} to the new address.",
          "Left message with neighbour \uD83D\uDCDE");

  static final List<String> ANSWERS =
      List.of(
          "Thanks, all received. {first}",
          "Hi, could you change my payment date to the 28th please?",
          "Is the dishwasher included in {plan}? I can't find it in the letter.",
          "Engineer was brilliant \uD83D\uDC4F thank you!",
          "I never asked for this \u2013 please cancel.\r\nRegards, {first}",
          "Can't make {day}, any other day that week is fine.");

  static final List<String> LETTERS =
      List.of(
          "Schedule of cover {plan}, second class.",
          "Copy of terms in large print.",
          "Annual statement, £{price} a month.",
          "Reply to complaint; goodwill of £20 enclosed.");

  static final List<String> MEETINGS =
      List.of(
          "Home visit: listed appliances, took photographs.",
          "Met in the Leeds office about {plan}.",
          "Landlord wants cover for three flats; follow up on {day}.");

  private Phrases() {}
}

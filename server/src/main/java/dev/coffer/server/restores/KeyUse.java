package dev.coffer.server.restores;

/** By what key a restore opens passwords and bank details. */
public enum KeyUse {
  /** One that somebody gave for this restore alone. */
  GIVEN,
  /** The one that lies on this server. */
  SERVER,
  /** None: what is locked stays locked. */
  WITHOUT
}

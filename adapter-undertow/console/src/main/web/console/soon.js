/** From how many days on an end is near: exceptions and certificates are marked. */
export const SOON_DAYS = 14;

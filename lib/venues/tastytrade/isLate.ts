/** What overtakes on its way, or around a reload, does so within seconds. */
const LATE = 60_000;

/**
 * Whether something with this `updated-at` is older than what is known, and says nothing new. One that is older by more
 * than a minute is not late: the venue's clock was set back, and would otherwise be heard no more until it catches up.
 */
export const isLate = (seen: number | undefined, known: number | undefined): boolean =>
  seen !== undefined && known !== undefined && seen < known && known - seen <= LATE;

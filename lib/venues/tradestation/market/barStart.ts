const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * When a bar that ends at `end` began, in ms. Minutes are as long as they are. Days and longer are the calendar's, by the
 * clock of the exchanges: a week before Friday, 16:00 in New York, is Friday, 16:00, an hour more or less over a change to
 * or from daylight saving. A month before the last day of a month is the last day of the one before, so that bars meet.
 * An end at midnight of UTC is no session's, and is taken for the calendar of UTC.
 */
export function barStart(end: number, unit: 'Minute' | 'Daily' | 'Weekly' | 'Monthly', interval: number): number {
  if (unit === 'Minute') return end - interval * MINUTE;
  const offset = end % DAY === 0 ? 0 : offsetAt(end);
  const local = before(end + offset, unit);
  if (offset === 0) return local;
  // The offset there, by a guess that is an hour off at most.
  return local - offsetAt(local - offset);
}

function before(local: number, unit: 'Daily' | 'Weekly' | 'Monthly'): number {
  if (unit !== 'Monthly') return local - (unit === 'Daily' ? DAY : 7 * DAY);
  const date = new Date(local);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const last = Date.UTC(year, month, 0);
  const isLast = new Date(local + DAY).getUTCMonth() !== month;
  const lastDay = new Date(last).getUTCDate();
  const wanted = isLast ? lastDay : Math.min(day, lastDay);
  return last - (lastDay - wanted) * DAY + (local % DAY);
}

const EASTERN_STANDARD = -5 * HOUR;

/**
 * What New York's clock is ahead of UTC by, in ms: four hours behind from the second Sunday of March to the first of
 * November, 02:00 each, five otherwise (Energy Policy Act of 2005; from the first Sunday of April to the last of October
 * before 2007). Counted by hand, since not every platform has the tables of time zones.
 */
function offsetAt(time: number): number {
  const year = new Date(time + EASTERN_STANDARD).getUTCFullYear();
  const [begins, ends] =
    year >= 2007
      ? [sundayFrom(year, 2, 8), sundayFrom(year, 10, 1)]
      : [sundayFrom(year, 3, 1), sundayFrom(year, 9, 25)];
  // At 02:00 of standard time, and at 02:00 of daylight time, which is 01:00 of standard time.
  const local = time + EASTERN_STANDARD;
  return local >= begins + 2 * HOUR && local < ends + HOUR ? EASTERN_STANDARD + HOUR : EASTERN_STANDARD;
}

/** The first Sunday from a day of a month on. */
function sundayFrom(year: number, month: number, day: number): number {
  const from = Date.UTC(year, month, day);
  return from + ((7 - new Date(from).getUTCDay()) % 7) * DAY;
}

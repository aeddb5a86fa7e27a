const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const lengths = {
  '1s': SECOND,
  '5s': 5 * SECOND,
  '15s': 15 * SECOND,
  '30s': 30 * SECOND,
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
  '1M': 31 * DAY,
} as const;

/**
 * How long a candle lasts, and by which clock it opens: that of UTC, or one so many hours ahead of it (`1d@8`). No venue has all
 * of them; any number of minutes stands as `7min`.
 */
export type Interval = Width | `${Width}@${number}`;
export type Width = keyof typeof lengths | `${number}min`;

export const isInterval = (text: string): text is keyof typeof lengths => Object.hasOwn(lengths, text);

const lengthOf = (width: string): number => (isInterval(width) ? lengths[width] : Number.parseInt(width, 10) * MINUTE);

/** Weeks begin on Mondays; 1970 began on a Thursday. */
const firstMonday = 4 * DAY;

/** When the candle around `time` opened, in ms. */
export function openTimeOf(interval: Interval, time: number): number {
  const [width = '', hours = 0] = interval.split('@');
  const ahead = Number(hours) * HOUR;
  return openTimeAt(width, time + ahead) - ahead;
}

function openTimeAt(width: string, time: number): number {
  if (width === '1M') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  const offset = width === '1w' ? firstMonday : 0;
  const length = lengthOf(width);
  return Math.floor((time - offset) / length) * length + offset;
}

/** When the next candle opens, in ms. */
export function nextOpenTimeOf(interval: Interval, time: number): number {
  const open = openTimeOf(interval, time);
  const [width = ''] = interval.split('@');
  return width === '1M' ? openTimeOf(interval, open + lengths['1M']) : open + lengthOf(width);
}

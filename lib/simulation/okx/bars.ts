import { type Interval, isInterval } from '../market/interval.js';

/** By the clock of Hong Kong, which is so many hours ahead, open the wider ones whose names do not end in `utc`. */
const AHEAD = 8;
const WIDTHS = /^(?:(1s|(?:1|3|5|15|30)m|[124]H)|(6H|12H|1D|1W|1M)(utc)?)$/;

/** The width of candles by the venue's name for it; `undefined` for what it does not have. */
export function barOf(name: string): Interval | undefined {
  const [, narrow, wide, utc] = WIDTHS.exec(name) ?? [];
  const width = narrow ?? wide ?? '';
  const own = width === '1M' || width.endsWith('m') ? width : width.toLowerCase();
  if (!isInterval(own)) return undefined;
  return wide === undefined || utc !== undefined ? own : `${own}@${AHEAD}`;
}

import type { TapeCandle } from '../market/candleSeries.js';
import { openTimeOf } from '../market/interval.js';
import type { BarHistory } from './barHistory.js';
import { timeText, type StreamSource } from './streamSource.js';

/** Which bars of the past are told. */
interface WantedBars {
  /** At most so many. */
  readonly barsBack: number;
  /** Only those that end by then, in ms. */
  readonly until?: number | undefined;
  /** Only those that end later, in ms. */
  readonly since?: number | undefined;
}

/** Bars of the past, then the open one as it grows, and once more when it has closed. */
export function barSource(
  history: BarHistory,
  { barsBack, until = Infinity, since = -Infinity }: WantedBars,
): StreamSource {
  const { units } = history.instrument;
  let emitted = '';
  let closed = history.bars.length;
  const line = (candle: TapeCandle, past: boolean, isLast: boolean, isOpen: boolean): string => {
    const end = candle.closeTime + 1;
    return JSON.stringify({
      High: units.priceText(candle.high),
      Low: units.priceText(candle.low),
      Open: units.priceText(candle.open),
      Close: units.priceText(candle.close),
      TimeStamp: timeText(end),
      TotalVolume: units.sizeText(candle.lots),
      DownTicks: 0,
      DownVolume: 0,
      OpenInterest: '0',
      IsRealtime: !past,
      IsEndOfHistory: isLast,
      TotalTicks: candle.trades,
      UnchangedTicks: 0,
      UnchangedVolume: 0,
      UpTicks: candle.trades,
      UpVolume: candle.lots,
      Epoch: end,
      BarStatus: isOpen ? 'Open' : 'Closed',
    });
  };
  const news = (): readonly string[] => {
    const over = history.bars.slice(closed).map((bar) => line(bar, false, false, false));
    closed = history.bars.length;
    const present = line(history.current, false, false, true);
    if (present === emitted && over.length === 0) return [];
    emitted = present;
    return [...over, present];
  };
  return {
    begin: (now) => {
      history.step(now);
      closed = history.bars.length;
      const { current, bars, interval } = history;
      const known = bars.filter(({ closeTime }) => closeTime < until && closeTime >= since).slice(-barsBack);
      const first = known[0] ?? bars[0] ?? current;
      const flat: TapeCandle[] = [];
      const from = until === Infinity ? first.openTime : Math.min(first.openTime, openTimeOf(interval, until));
      for (let end = from; flat.length + known.length < barsBack && end > since;) {
        // The one before ends where this one begins.
        const openTime = openTimeOf(interval, end - 1);
        const price = { open: first.open, high: first.open, low: first.open, close: first.open };
        flat.unshift({ ...first, ...price, openTime, closeTime: end - 1, lots: 0, trades: 0 });
        end = openTime;
      }
      const past = [...flat, ...known];
      return past.map((bar, i) => line(bar, true, i === past.length - 1, false));
    },
    pulse: news,
  };
}

import type { LevelText } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { timeText, type Fields, type StreamSource } from './streamSource.js';

/** The best levels of both sides, whole each time, whenever the book has changed. */
export function depthSource(
  instrument: SimulatedInstrument,
  form: 'quotes' | 'aggregates',
  levels: number,
): StreamSource {
  const { book, units } = instrument;
  let emitted = -1;
  const participants = (Side: string, [Price, size]: LevelText, TimeStamp: string): readonly Fields[] => {
    const whole = { TimeStamp, Side, Price, OrderCount: 2 };
    const lots = Number(size);
    // Two who together are what stands there.
    const first = Math.floor(lots / 3);
    return first < 1 || !Number.isInteger(lots)
      ? [{ ...whole, Size: size, Name: 'NSDQ' }]
      : [
          { ...whole, Size: String(first), Name: 'ARCX' },
          { ...whole, Size: String(lots - first), Name: 'NSDQ' },
        ];
  };
  const aggregate = (Side: string, [Price, size]: LevelText, time: string): readonly Fields[] => [
    {
      EarliestTime: time,
      LatestTime: time,
      Side,
      Price,
      TotalSize: size,
      BiggestSize: size,
      SmallestSize: size,
      NumParticipants: 1,
      TotalOrderCount: 2,
    },
  ];
  const line = (now: number, above?: LevelText): string => {
    const write = form === 'quotes' ? participants : aggregate;
    const side = (name: string, best: readonly LevelText[]): readonly Fields[] =>
      best.flatMap((level) => write(name, level, timeText(now)));
    const bids = book.bids.levels.slice(-levels).reverse();
    const asks = book.asks.levels.slice(-levels).reverse();
    return JSON.stringify({
      Bids: side('Bid', above === undefined ? bids : [above, ...bids]),
      Asks: side('Ask', asks),
    });
  };
  const next = (now: number): readonly string[] => {
    if (book.sequence === emitted) return [];
    emitted = book.sequence;
    return [line(now)];
  };
  return {
    begin: next,
    pulse: next,
    cross: () => line(0, [units.priceText(book.asks.turn(book.asks.bestKey) + 1), units.sizeText(units.usualLots)]),
  };
}

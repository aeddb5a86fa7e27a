import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { type Cells, REMOVE_EVENT, asSnapshot, text, timeIndex } from './cells.js';
import { saleCells } from './values.js';

/** What one subscription has to say. */
export interface Feed {
  /** What has come together since it was last asked; the first time a snapshot or the present value. */
  collect(now: number): readonly Cells[];
}

/** Fields that change with the clock alone: no news. */
export const TIMELESS: readonly string[] = ['time', 'index'];

/** The present value, whenever it has changed. */
export function latest(make: (now: number) => Cells | undefined, beside: readonly string[] = []): Feed {
  let before = '';
  return {
    collect: (now) => {
      const cells = make(now);
      if (cells === undefined) return [];
      const news = JSON.stringify(Object.entries(cells).filter(([field]) => !beside.includes(field)));
      if (news === before) return [];
      before = news;
      return [cells];
    },
  };
}

/** Every trade from now on. */
export function each(
  { tape }: SimulatedInstrument,
  make: (trade: ReturnType<typeof tape.tradesAfter>[number]) => Cells,
): Feed {
  let last = tape.lastTrade;
  return {
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.map(make);
    },
  };
}

/** Trades since a time as a snapshot, newest first; then each that follows. */
export function saleHistory(instrument: SimulatedInstrument, from: number): Feed {
  const { tape } = instrument;
  let last: number | undefined;
  return {
    collect: () => {
      const isFirst = last === undefined;
      const trades = tape.tradesAfter(last ?? 0).filter(({ at }) => !isFirst || at >= from);
      last = tape.lastTrade;
      const rows = trades.map((trade) => saleCells(instrument, trade));
      if (!isFirst) return rows;
      const time = Math.max(0, Math.floor(from));
      const end = {
        eventSymbol: text(instrument.spec.symbol),
        eventFlags: String(REMOVE_EVENT),
        sequence: '0',
        index: timeIndex(time, 0),
        time: String(time),
      };
      return asSnapshot(rows.reverse(), end);
    },
  };
}

/** Three expirations, once. */
export function seriesFeed(symbol: string): Feed {
  let isEmitted = false;
  const row = (index: number, flags: number): Cells => ({
    eventSymbol: text(symbol),
    eventTime: '0',
    eventFlags: String(flags),
    index: String(index),
    time: '0',
    sequence: '0',
    expiration: String(20_000 + index * 30),
    volatility: '0.25',
    callVolume: '1000',
    putVolume: '800',
    putCallRatio: '0.8',
    forwardPrice: '200',
    dividend: '0',
    interest: '0.04',
  });
  return {
    collect: () => {
      if (isEmitted) return [];
      isEmitted = true;
      return asSnapshot([row(3, 0), row(2, 0), row(1, 0)], row(0, REMOVE_EVENT));
    },
  };
}

import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { changes, timeText, type Fields, type StreamSource } from './streamSource.js';

function quoteFields({ spec, book, tape, day, units }: SimulatedInstrument, now: number): Fields {
  const bid = book.bids.levels.at(-1);
  const ask = book.asks.levels.at(-1);
  const last = tape.tradesAfter(tape.lastTrade - 1)[0];
  const { open, high, low, lots } = day.at(now);
  return {
    ...(bid !== undefined && { Bid: bid[0], BidSize: bid[1] }),
    ...(ask !== undefined && { Ask: ask[0], AskSize: ask[1] }),
    ...(last !== undefined && {
      ...{ Last: last.price, LastSize: last.size, LastVenue: last.id % 3 === 0 ? 'ARCX' : 'NSDQ', Close: last.price },
      ...{ TradeTime: timeText(last.at), NetChange: units.changeText(last.tick) },
      NetChangePct: (last.tick / Number(units.price(0))).toFixed(4),
    }),
    ...{ Open: units.priceText(open), High: units.priceText(high), Low: units.priceText(low) },
    ...{ PreviousClose: units.priceText(0), Volume: units.sizeText(lots), PreviousVolume: '24154112' },
    ...{ DailyOpenInterest: null, TickSizeTier: '0' },
    ...(spec.symbol.startsWith('ES') && { FirstNoticeDate: '2026-06-19T00:00:00Z' }),
  };
}

const FLAGS = { IsDelayed: false, IsHardToBorrow: false, IsBats: false, IsHalted: false };

/** Quotes of several symbols: each whole at first, then what has changed. Symbols that don't exist are told so. */
export function quoteSource(
  symbols: readonly string[],
  instrumentOf: (symbol: string) => SimulatedInstrument | undefined,
): StreamSource {
  const known = symbols.flatMap((symbol) => {
    const instrument = instrumentOf(symbol);
    return instrument === undefined ? [] : [{ symbol, instrument, told: {} }];
  });
  return {
    begin: (now) => [
      ...symbols
        .filter((symbol) => instrumentOf(symbol) === undefined)
        .map((Symbol) => JSON.stringify({ Symbol, Error: 'FAILED, INVALID SYMBOL' })),
      ...known.map((one) => {
        one.told = quoteFields(one.instrument, now);
        return JSON.stringify({ Symbol: one.symbol, ...one.told, MarketFlags: FLAGS });
      }),
    ],
    pulse: (now) =>
      known.flatMap((one) => {
        const fields = quoteFields(one.instrument, now);
        const changed = changes(one.told, fields);
        one.told = fields;
        return Object.keys(changed).length === 0 ? [] : [JSON.stringify({ Symbol: one.symbol, ...changed })];
      }),
  };
}

import { CandleSeries, type TapeCandle } from '../market/candleSeries.js';
import { type Interval, nextOpenTimeOf } from '../market/interval.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { LevelText } from '../market/side.js';
import type { TapeTrade } from '../market/tape.js';
import { type StreamSource, changes, timeText } from './streamSource.js';

type Fields = Readonly<Record<string, unknown>>;

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

/** The best levels of both sides, whole each time, whenever the book has changed. */
export function depthSource(
  instrument: SimulatedInstrument,
  form: 'quotes' | 'aggregates',
  levels: number,
): StreamSource {
  const { book, units } = instrument;
  let told = -1;
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
      ...{ EarliestTime: time, LatestTime: time, Side, Price, TotalSize: size, BiggestSize: size, SmallestSize: size },
      ...{ NumParticipants: 1, TotalOrderCount: 2 },
    },
  ];
  const line = (now: number, above?: LevelText): string => {
    const form2 = form === 'quotes' ? participants : aggregate;
    const side = (name: string, best: readonly LevelText[]): readonly Fields[] =>
      best.flatMap((level) => form2(name, level, timeText(now)));
    const bids = book.bids.levels.slice(-levels).reverse();
    const asks = book.asks.levels.slice(-levels).reverse();
    return JSON.stringify({
      Bids: side('Bid', above === undefined ? bids : [above, ...bids]),
      Asks: side('Ask', asks),
    });
  };
  const next = (now: number): readonly string[] => {
    if (book.sequence === told) return [];
    told = book.sequence;
    return [line(now)];
  };
  return {
    begin: next,
    pulse: next,
    cross: () => line(0, [units.priceText(book.asks.turn(book.asks.bestKey) + 1), units.sizeText(units.usualLots)]),
  };
}

/** Bars of one width since somebody asked for them first. What was before stood still. */
export class BarHistory {
  private readonly closed: TapeCandle[] = [];
  private readonly series: CandleSeries;
  private last: number;

  constructor(
    readonly instrument: SimulatedInstrument,
    readonly interval: Interval,
    now: number,
  ) {
    const { units, tape } = instrument;
    this.last = tape.lastTrade;
    this.series = new CandleSeries(interval, units, (candle) => this.closed.push({ ...candle }), tape.lastTick, now);
  }

  get bars(): readonly TapeCandle[] {
    return this.closed;
  }

  get current(): TapeCandle {
    return this.series.current;
  }

  step(now: number): void {
    for (const trade of this.instrument.tape.tradesAfter(this.last)) this.series.add(trade);
    this.last = this.instrument.tape.lastTrade;
    this.series.roll(now);
  }
}

/** Bars of the past, then the open one as it grows, and once more when it has closed. */
export function barSource(history: BarHistory, barsBack: number): StreamSource {
  const { units } = history.instrument;
  let told = '';
  let closed = history.bars.length;
  const line = (candle: TapeCandle, past: boolean, isLast: boolean, isOpen: boolean): string => {
    const end = candle.closeTime + 1;
    return JSON.stringify({
      ...{ High: units.priceText(candle.high), Low: units.priceText(candle.low), Open: units.priceText(candle.open) },
      ...{ Close: units.priceText(candle.close), TimeStamp: timeText(end), TotalVolume: units.sizeText(candle.lots) },
      ...{ DownTicks: 0, DownVolume: 0, OpenInterest: '0', IsRealtime: !past, IsEndOfHistory: isLast },
      ...{
        TotalTicks: candle.trades,
        UnchangedTicks: 0,
        UnchangedVolume: 0,
        UpTicks: candle.trades,
        UpVolume: candle.lots,
      },
      ...{ Epoch: end, BarStatus: isOpen ? 'Open' : 'Closed' },
    });
  };
  const now$ = (): readonly string[] => {
    const over = history.bars.slice(closed).map((bar) => line(bar, false, false, false));
    closed = history.bars.length;
    const present = line(history.current, false, false, true);
    if (present === told && over.length === 0) return [];
    told = present;
    return [...over, present];
  };
  return {
    begin: (now) => {
      history.step(now);
      closed = history.bars.length;
      const { current, bars, interval } = history;
      const known = bars.slice(-barsBack);
      const first = known[0] ?? current;
      const flat: TapeCandle[] = [];
      for (let end = first.openTime; flat.length + known.length < barsBack;) {
        // The one before ends where this one begins.
        const openTime = end - (nextOpenTimeOf(interval, end) - end);
        const price = { open: first.open, high: first.open, low: first.open, close: first.open };
        flat.unshift({ ...first, ...price, openTime, closeTime: end - 1, lots: 0, trades: 0 });
        end = openTime;
      }
      const past = [...flat, ...known];
      return past.map((bar, i) => line(bar, true, i === past.length - 1, false));
    },
    pulse: now$,
  };
}

/** Bars of one tick, as the older interface has them. */
export function tickSource({ tape }: SimulatedInstrument): StreamSource {
  let last = tape.lastTrade;
  const line = ({ at, price, size }: TapeTrade, status: number): string =>
    `{"TimeStamp":"\\/Date(${at})\\/","Status":${status},"Close":${price},"TotalVolume":${size}}`;
  return {
    begin: (now) => [
      ...tape.tradesAfter(last - 1).map((trade) => line(trade, 13)),
      `{"TimeStamp":"\\/Date(${now})\\/","Status":805306389,"Close":0.0,"TotalVolume":0}`,
    ],
    pulse: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.map((trade) => line(trade, 11));
    },
  };
}

/** Options around the price of an underlying, valued by hand. One of them changes at a time. */
export function optionSource(
  instrument: SimulatedInstrument,
  legs: readonly (readonly { readonly symbol: string; readonly ratio: number; readonly strike: number }[])[],
  greeks: boolean,
): StreamSource {
  let turn = 0;
  let toldAt = 0;
  const line = (index: number): string => {
    const spot = Number(instrument.units.priceText(instrument.tape.lastTick));
    const spread = legs[index] ?? [];
    const worth = spread.reduce((sum, { ratio, strike }) => sum + ratio * Math.max(0, spot - strike), 0);
    const delta = spread.reduce((sum, { ratio, strike }) => sum + ratio / (1 + Math.exp((strike - spot) / 5)), 0);
    return JSON.stringify({
      ...(greeks && { Delta: delta.toFixed(4), Theta: '-0.11', Gamma: '0.03', Rho: '0.02', Vega: '0.14' }),
      ...(greeks && { ImpliedVolatility: '0.24', IntrinsicValue: worth.toFixed(2), ExtrinsicValue: '0.30' }),
      ...{ Ask: (worth + 0.35).toFixed(2), Bid: (worth + 0.25).toFixed(2), Mid: (worth + 0.3).toFixed(2) },
      ...{ AskSize: 12, BidSize: 9, Volume: turn, DailyOpenInterest: 1203, Side: 'Call' },
      Strikes: spread.map(({ strike }) => String(strike)),
      Legs: spread.map(({ symbol, ratio, strike }) => ({
        ...{ Symbol: symbol, Ratio: ratio, StrikePrice: String(strike), Expiration: '2026-12-18T00:00:00Z' },
        ...{ OptionType: 'Call', AssetType: 'StockOption' },
      })),
    });
  };
  return {
    begin: () => legs.map((_, index) => line(index)),
    pulse: (now) => {
      if (now - toldAt < 1_000) return [];
      toldAt = now;
      turn += 1;
      return [line(turn % legs.length)];
    },
  };
}

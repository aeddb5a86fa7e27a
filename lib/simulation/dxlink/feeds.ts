import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { CandleTape, candlesOf } from './candleTape.js';
import { text } from './cells.js';
import { type Feed, TIMELESS, each, latest, saleHistory, seriesFeed } from './feed.js';
import { OrderTape } from './orderTape.js';
import { greeksCells, optionOf, optionQuoteCells, optionSummaryCells, theoPriceCells } from './optionValues.js';
import { profileCells, quoteCells, saleCells, summaryCells, tradeCells, underlyingCells } from './values.js';

/** What a client asks for. */
export interface Wanted {
  readonly type: string;
  readonly symbol: string;
  readonly source: string | undefined;
  readonly fromTime: number | undefined;
  readonly contract: string;
}

/** Sources of full order books here; other names are taken and stay silent. */
export const ORDER_SOURCES: readonly string[] = ['NTV', 'ntv'];
const SPREAD_SOURCES: readonly string[] = ['ISE'];

/** What is told of a market, worked out once for all who hear it. */
export class Feeds {
  private readonly orders = new Map<string, OrderTape>();
  private readonly candles = new Map<string, CandleTape>();

  constructor(
    private readonly market: SimulatedMarket,
    private readonly seed: number,
  ) {}

  step(now: number): void {
    for (const tape of this.orders.values()) tape.step(now);
    for (const tape of this.candles.values()) tape.step(now);
  }

  /** `undefined` for what is not known here: it stays silent. */
  feedOf(wanted: Wanted): Feed | undefined {
    const { type, symbol, fromTime } = wanted;
    if (type === 'Candle') return this.candleFeed(symbol, fromTime ?? 0);
    const instrument = this.market.instrument(symbol);
    if (instrument !== undefined) return this.instrumentFeed(wanted, instrument);
    const option = optionOf(symbol, this.market);
    if (option === undefined) return undefined;
    switch (type) {
      case 'Quote':
        return latest(() => optionQuoteCells(symbol, option));
      case 'Summary':
        return latest((now) => optionSummaryCells(symbol, now));
      case 'Greeks':
        return latest((now) => greeksCells(symbol, option, now), TIMELESS);
      case 'TheoPrice':
        return latest((now) => theoPriceCells(symbol, option, now), TIMELESS);
      default:
        return undefined;
    }
  }

  /** The book of orders of a symbol, where there is one. */
  orderTape(symbol: string, source: string): OrderTape | undefined {
    const instrument = this.market.instrument(symbol);
    if (instrument === undefined) return undefined;
    const key = `${symbol} ${source}`;
    const own = SPREAD_SOURCES.includes(source) ? { spreadSymbol: text('') } : { marketMaker: text('') };
    const tape = this.orders.get(key) ?? new OrderTape(instrument, source, own, this.market.now());
    this.orders.set(key, tape);
    return tape;
  }

  private instrumentFeed(
    { type, symbol, source, contract, fromTime }: Wanted,
    instrument: SimulatedInstrument,
  ): Feed | undefined {
    const { tape } = instrument;
    switch (type) {
      case 'Quote':
        return latest(() => quoteCells(instrument));
      case 'Trade':
        return contract === 'STREAM'
          ? each(instrument, (trade) => tradeCells(instrument, trade))
          : latest(() => {
              const trade = tape.tradesAfter(tape.lastTrade - 1)[0];
              return trade && tradeCells(instrument, trade);
            });
      case 'Summary':
        return latest((now) => summaryCells(instrument, now));
      case 'Profile':
        return latest(() => profileCells(instrument));
      case 'Underlying':
        return latest((now) => underlyingCells(instrument, now), TIMELESS);
      case 'TimeAndSale':
        return contract === 'HISTORY' || (contract === 'AUTO' && fromTime !== undefined)
          ? saleHistory(instrument, fromTime ?? 0)
          : each(instrument, (trade) => saleCells(instrument, trade));
      case 'Series':
        return seriesFeed(symbol);
      case 'Order':
        return ORDER_SOURCES.includes(source ?? '') ? this.orderFeed(symbol, source ?? '') : undefined;
      case 'SpreadOrder':
        return SPREAD_SOURCES.includes(source ?? '') ? this.orderFeed(symbol, source ?? '') : undefined;
      default:
        return undefined;
    }
  }

  private orderFeed(symbol: string, source: string): Feed {
    const tape = this.orderTape(symbol, source);
    let last: number | undefined;
    return {
      collect: () => {
        if (tape === undefined) return [];
        const news = last === undefined ? undefined : tape.after(last);
        last = tape.newest;
        return news === undefined ? tape.snapshot() : news.flatMap(({ rows }) => rows);
      },
    };
  }

  private candleFeed(symbol: string, from: number): Feed | undefined {
    const requested = candlesOf(symbol);
    const instrument = requested && this.market.instrument(requested.base);
    if (requested === undefined || instrument === undefined) return undefined;
    const tape =
      this.candles.get(symbol) ?? new CandleTape(instrument, symbol, requested.interval, this.seed, this.market.now());
    this.candles.set(symbol, tape);
    let last: number | undefined;
    return {
      collect: () => {
        const rows = last === undefined ? tape.snapshot(from) : tape.changedAfter(last);
        last = tape.version;
        return rows;
      },
    };
  }
}

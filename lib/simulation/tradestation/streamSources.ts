import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { BarHistory } from './barHistory.js';
import { barSource } from './barSource.js';
import { depthSource } from './depthSource.js';
import type { Desk } from './desk.js';
import { optionOf } from './option.js';
import { spreadsOf } from './optionChain.js';
import { optionSource } from './optionSource.js';
import type { TradestationStream } from './paths.js';
import { FLAGS, quoteFields } from './quoteFields.js';
import { quoteSource } from './quoteSource.js';
import { type Refused, badRequest, isRefused, notFound } from './refused.js';
import type { Fields, StreamSource } from './streamSource.js';
import { symbolDetails } from './symbolDetails.js';
import { tickSource } from './tickSource.js';

export interface StreamSourcesConfig {
  readonly market: SimulatedMarket;
  readonly faults: FaultSchedule;
  readonly accounts: ReadonlyMap<string, Desk>;
}

/** Several as one, in order. */
const together = (sources: readonly StreamSource[]): StreamSource => ({
  begin: (now) => sources.flatMap((source) => source.begin(now)),
  pulse: (now) => sources.flatMap((source) => source.pulse(now)),
});

/** What each stream has to say, from market and accounts. */
export class StreamSources {
  private readonly histories = new Map<string, BarHistory>();
  private readonly all: readonly SimulatedInstrument[];

  constructor(private readonly config: StreamSourcesConfig) {
    const { market } = config;
    this.all = market.symbols.flatMap((symbol) => market.instrument(symbol) ?? []);
  }

  step(now: number): void {
    for (const history of this.histories.values()) history.step(now);
  }

  /** Where there is no such thing, what says so. */
  sourceOf(stream: TradestationStream): StreamSource | Refused {
    switch (stream.kind) {
      case 'quotes':
        return quoteSource(stream.symbols, (symbol) => this.instrument(symbol));
      case 'orders':
      case 'ordersById':
      case 'positions':
        return this.ofAccounts(stream);
      case 'options':
        return this.optionsOf(stream);
      default:
        return this.ofInstrument(stream);
    }
  }

  /** A whole quote as an answer tells it; `undefined` for what there is none of. */
  quoteOf(symbol: string): Fields | undefined {
    const instrument = this.instrument(symbol);
    if (instrument === undefined) return undefined;
    return { Symbol: symbol, ...quoteFields(instrument, this.config.market.now(), 100), MarketFlags: FLAGS };
  }

  /** What a symbol is; `undefined` for what there is none of. */
  detailsOf(symbol: string): Fields | undefined {
    const instrument = this.instrument(symbol);
    return instrument && symbolDetails(instrument);
  }

  private ofAccounts(stream: Extract<TradestationStream, { readonly accounts: unknown }>): StreamSource | Refused {
    const desks = stream.accounts.flatMap((account) => this.config.accounts.get(account) ?? []);
    if (desks.length < stream.accounts.length) return { status: 403 };
    if (stream.kind === 'positions') return together(desks.map((desk) => desk.positionSource(stream.onlyChanges)));
    if (stream.kind === 'orders') return together(desks.map((desk) => desk.orderSource()));
    const unknown = stream.ids.filter((id) => desks.every((desk) => !desk.orders.has(id)));
    const refusals = unknown.map((OrderID) =>
      JSON.stringify({ Error: 'NotFound', Message: 'Order not found.', AccountID: stream.accounts.join(','), OrderID }),
    );
    const errors: StreamSource = { begin: () => refusals, pulse: () => [] };
    return together([...desks.map((desk) => desk.orderSource(stream.ids)), errors]);
  }

  private ofInstrument(stream: Extract<TradestationStream, { readonly symbol: string }>): StreamSource | Refused {
    const instrument = this.instrument(stream.symbol);
    if (instrument === undefined) return notFound;
    switch (stream.kind) {
      case 'bars':
        return barSource(this.historyOf(instrument, stream), stream);
      case 'depth':
        return depthSource(instrument, stream.form, stream.levels);
      case 'ticks':
        return tickSource(instrument, stream.ticks, stream.barsBack);
      case 'chain': {
        const spreads = spreadsOf(instrument, stream, this.config.market.now());
        return isRefused(spreads) ? spreads : optionSource(instrument, spreads, stream.pricing);
      }
    }
  }

  private optionsOf({ legs, pricing }: Extract<TradestationStream, { kind: 'options' }>): StreamSource | Refused {
    const names = new Set(legs.map((leg) => optionOf(leg)?.underlying));
    const [name] = names;
    if (names.size > 1) return badRequest('legs are options of one underlying');
    const underlying = this.all.find(({ spec }) => spec.symbol === name);
    return underlying === undefined ? notFound : optionSource(underlying, [legs], pricing);
  }

  /** The bars of the past, oldest first, as the stream of them begins. */
  barsOf(stream: Extract<TradestationStream, { readonly kind: 'bars' }>): readonly string[] | Refused {
    const source = this.ofInstrument(stream);
    return isRefused(source) ? source : source.begin(this.config.market.now());
  }

  private historyOf(
    instrument: SimulatedInstrument,
    { symbol, interval }: Extract<TradestationStream, { kind: 'bars' }>,
  ): BarHistory {
    const key = `${symbol} ${interval}`;
    const known = this.histories.get(key) ?? new BarHistory(instrument, interval, this.config.market.now());
    this.histories.set(key, known);
    return known;
  }

  private instrument(symbol: string): SimulatedInstrument | undefined {
    const { market, faults } = this.config;
    return faults.take('unknownSymbol', symbol) === undefined ? market.instrument(symbol) : undefined;
  }
}

import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { BarHistory } from './barHistory.js';
import { barSource } from './barSource.js';
import { depthSource } from './depthSource.js';
import type { Desk } from './desk.js';
import { optionSource } from './optionSource.js';
import type { TradestationStream } from './paths.js';
import { quoteSource } from './quoteSource.js';
import type { StreamSource } from './streamSource.js';
import { tickSource } from './tickSource.js';

export interface StreamSourcesConfig {
  readonly market: SimulatedMarket;
  readonly faults: FaultSchedule;
  readonly accounts: ReadonlyMap<string, Desk>;
}

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

  /** Where there is no such thing, the status that says so. */
  sourceOf(stream: TradestationStream): StreamSource | number {
    switch (stream.kind) {
      case 'quotes':
        return quoteSource(stream.symbols, (symbol) => this.instrument(symbol));
      case 'orders':
      case 'positions': {
        const [account = ''] = stream.accounts;
        const desk = this.config.accounts.get(account);
        if (desk === undefined) return 403;
        return stream.kind === 'orders' ? desk.orderSource() : desk.positionSource();
      }
      case 'options':
        return this.optionsOf(stream);
      default:
        return this.ofInstrument(stream);
    }
  }

  private ofInstrument(stream: Extract<TradestationStream, { readonly symbol: string }>): StreamSource | number {
    const instrument = this.instrument(stream.symbol);
    if (instrument === undefined) return 404;
    switch (stream.kind) {
      case 'bars':
        return barSource(this.historyOf(instrument, stream), stream.barsBack);
      case 'depth':
        return depthSource(instrument, stream.form, stream.levels);
      case 'ticks':
        return tickSource(instrument);
      case 'chain': {
        const spot = Math.round(Number(instrument.units.priceText(0)));
        const strikes = Array.from({ length: 2 * stream.strikes }, (_, i) => spot - stream.strikes + i);
        const legs = strikes.map((strike) => [{ symbol: `${stream.symbol} 261218C${strike}`, ratio: 1, strike }]);
        return optionSource(instrument, legs, stream.greeks);
      }
    }
  }

  private optionsOf({ legs: asked }: Extract<TradestationStream, { kind: 'options' }>): StreamSource | number {
    const [leg] = asked;
    const underlying = this.all.find(({ spec }) => leg?.symbol.startsWith(`${spec.symbol} `) === true);
    if (underlying === undefined) return 404;
    const legs = asked.map((one) => ({ ...one, strike: Number(/[CP]([\d.]+)$/.exec(one.symbol)?.[1] ?? 0) }));
    return optionSource(underlying, [legs], true);
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

import { type Fault, type OrderBook } from 'millrace';
import { binance } from 'millrace/venues/binance';
import { faultsFromSeed, simulatedBinance } from 'millrace/simulation';
import {
  type Fill,
  type Ledger,
  type Marked,
  type OrderCommand,
  type OrderReport,
  applyFill,
  closeLoop,
  markToMarket,
  paperTrading,
} from 'millrace/testing';
import { VirtualTimeScheduler, share, takeUntil, timer } from 'rxjs';
import { marketMaker } from './marketMaker.js';

/** What a day is like. */
export interface SimulatedDayConfig {
  readonly seed: number;
  /** How long it is, in ms. */
  readonly lasts: number;
}

/** What came of it. */
export interface DayResult {
  readonly commands: number;
  readonly fills: number;
  readonly ledger: Ledger;
  /** At the last mid. */
  readonly result: Marked | undefined;
  /** How often the book was not live. */
  readonly spells: number;
  /** Orders that were placed while the book was not live. There must be none. */
  readonly blind: number;
  /** The largest position, either way. */
  readonly largest: number;
  /** What was mended or refused meanwhile, by its type. */
  readonly faults: Readonly<Partial<Record<Fault['type'], number>>>;
}

export const SYMBOL = 'BTCUSDT';
/** No position beyond this, in base units. */
export const LIMIT = 0.5;
/** How it quotes, wherever it is tried. */
export const QUOTING = { tick: '0.01', size: '0.1', edge: 1.5, skew: 4, limit: LIMIT, perSecond: 10 } as const;
/** How far faults are apart, on average, in ms. */
const FAULT_EVERY = 600_000;

/** A day of the market maker on a simulated venue with faults, in virtual time. */
export function simulatedDay({ seed, lasts }: SimulatedDayConfig): DayResult {
  const scheduler = new VirtualTimeScheduler(undefined, lasts);
  const venue = simulatedBinance({
    seed,
    scheduler,
    faults: faultsFromSeed(seed, { until: lasts, count: Math.ceil(lasts / FAULT_EVERY) }),
    instruments: [SYMBOL],
    stepEvery: 500,
  });
  const exchange = binance({ network: venue.network, scheduler, random: () => 0.5 });
  const over = timer(lasts - 1, scheduler);
  const book$ = exchange.book(SYMBOL, { speed: '1000ms' }).pipe(takeUntil(over), share());
  const trades$ = exchange.trades(SYMBOL).pipe(takeUntil(over));

  const day = new Day();
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  book$.subscribe((state) => {
    day.book(state.status === 'live', state.status === 'live' ? middleOf(state.book) : undefined);
  });
  closeLoop(
    (reports$) =>
      marketMaker({
        book$,
        reports$,
        scheduler,
        ...QUOTING,
      }),
    paperTrading({
      book$,
      trades$,
      latency: 15,
      reportLatency: 15,
      fees: { maker: '-0.00005', taker: '0.0004' },
      scheduler,
    }),
  ).subscribe((told) => {
    day.told(told);
  });
  scheduler.flush();
  return { ...day.result(), faults: countOf(faults) };
}

/** What is looked at from outside, by nothing that the strategy knows. */
class Day {
  #isLive = false;
  #middle: string | undefined;
  #spells = 0;
  #commands = 0;
  #fills = 0;
  #blind = 0;
  #largest = 0;
  #ledger: Ledger = new Map();

  book(isLive: boolean, middle: string | undefined): void {
    if (this.#isLive && !isLive) this.#spells += 1;
    this.#isLive = isLive;
    this.#middle = middle ?? this.#middle;
  }

  told(told: OrderCommand | OrderReport): void {
    if (told.type === 'place' || told.type === 'cancel') {
      this.#commands += 1;
      if (told.type === 'place' && !this.#isLive) this.#blind += 1;
    }
    if (told.type === 'fill') this.#filled(told);
  }

  #filled(fill: Fill): void {
    this.#fills += 1;
    const after = applyFill(this.#ledger.get(fill.instrument), fill);
    this.#ledger = new Map(this.#ledger).set(fill.instrument, after);
    this.#largest = Math.max(this.#largest, Math.abs(Number(after.size)));
  }

  result(): Omit<DayResult, 'faults'> {
    const position = this.#ledger.get(SYMBOL);
    return {
      commands: this.#commands,
      fills: this.#fills,
      ledger: this.#ledger,
      result: position && this.#middle !== undefined ? markToMarket(position, this.#middle) : undefined,
      spells: this.#spells,
      blind: this.#blind,
      largest: this.#largest,
    };
  }
}

const middleOf = ({ bestBid, bestAsk }: OrderBook): string | undefined =>
  bestBid && bestAsk && ((bestBid.price + bestAsk.price) / 2).toFixed(3);

function countOf(faults: readonly Fault[]): DayResult['faults'] {
  const counts: Partial<Record<Fault['type'], number>> = {};
  for (const { type } of faults) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

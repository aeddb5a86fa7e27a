import type { Candle } from '../../lib/model/candle.js';
import type { Quote } from '../../lib/model/quote.js';
import type { Trade } from '../../lib/model/trade.js';
import type { TrueInstrument, TrueMarket, TrueTrade } from '../../lib/simulation/index.js';
import type { LevelText } from '../../lib/simulation/market/side.js';

/** How old the newest may be where all is well, in ms. */
const LAG = 3_000;
/** So many trades are looked at, where only the newest count. */
const NEWEST = 1_000;
/** So many steps of the market may lie between the best that is told and the present one. */
const STEPS = 8;
const DIGITS = 24;

/** A figure as one number, whatever zeros it is written with. */
const scaled = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(DIGITS, '0'));
};

interface Bar {
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly last: bigint;
}

/** What the trades of a span came to one after the other, by the sum of their sizes. */
class Bars {
  readonly #byVolume = new Map<bigint, { readonly bar: Bar; readonly id: number }>();
  #last: TrueTrade | undefined;
  #bar: Bar | undefined;
  #volume = 0n;

  constructor(
    private readonly tape: TrueInstrument['tape'],
    private readonly from = -Infinity,
    private readonly to = Infinity,
  ) {}

  /** The bar of that volume, and the last trade in it. */
  of(volume: bigint): { readonly bar: Bar; readonly id: number } | undefined {
    for (const trade of this.tape.tradesAfter(this.#last?.id ?? 0)) this.#add(trade);
    return this.#byVolume.get(volume);
  }

  #add(trade: TrueTrade): void {
    this.#last = trade;
    if (trade.at < this.from || trade.at > this.to) return;
    const price = scaled(trade.price);
    const { open, high, low } = this.#bar ?? { open: price, high: price, low: price };
    this.#bar = { open, high: price > high ? price : high, low: price < low ? price : low, last: price };
    this.#volume += scaled(trade.size);
    this.#byVolume.set(this.#volume, { bar: this.#bar, id: trade.id });
  }
}

/** What tickers of all venues tell. */
export interface TickerOf {
  readonly exact: Readonly<Record<'high' | 'low' | 'last' | 'volume', string>>;
}

/** Everything that is told of one instrument beside its books, held to its market. */
export class ValueWitness {
  readonly #instrument: TrueInstrument;
  readonly #bars = new Map<string, Bars>();
  /** By the best of both sides, at which step it was last so. */
  readonly #tops = new Map<string, number>();
  #step = 0;
  #best: readonly (LevelText | undefined)[] = [];
  #top = '';
  #quoted: string | undefined;
  /** The newest trade in what was told last. */
  readonly #last = new Map<string, number>();
  readonly #counted = new Map<number, number>();
  #repeats = 0;

  constructor(
    private readonly market: TrueMarket,
    private readonly symbol: string,
    private readonly say: (text: string) => void,
    /** A figure of the market as the client writes it. */
    private readonly written: (text: string) => string = (text) => text,
  ) {
    const instrument = market.instrument(symbol);
    if (instrument === undefined) throw new RangeError(`${symbol} is not traded`);
    this.#instrument = instrument;
    this.#look();
    market.onStep(() => {
      this.#look();
    });
  }

  /** How often a trade was told again. */
  get repeats(): number {
    return this.#repeats;
  }

  trade({ id, exact: { price, size }, side }: Trade): void {
    const [truth] = this.#instrument.tape.tradesAfter(Number(id) - 1);
    const isRight =
      truth !== undefined &&
      `${truth.id}` === id &&
      this.written(truth.price) === this.written(price) &&
      this.written(truth.size) === this.written(size) &&
      truth.side === side;
    if (!isRight) this.say(`${this.symbol}: no trade ${id}, ${side} ${size} at ${price}`);
    const before = this.#counted.get(Number(id)) ?? 0;
    if (before > 0) this.#repeats += 1;
    this.#counted.set(Number(id), before + 1);
  }

  candle({ openTime, closeTime, exact, closed }: Candle): void {
    const { open, high, low, close, volume } = exact;
    const name = `${openTime}-${closeTime}`;
    this.#bar('candle', name, openTime, closeTime, { open, high, low, last: close }, volume);
    if (closed && this.market.now() <= closeTime) this.say(`${this.symbol}: candle ${name} is closed before its end`);
  }

  ticker({ exact: { high, low, last, volume } }: TickerOf): void {
    this.#bar('ticker', '', undefined, undefined, { high, low, last }, volume);
  }

  quote({ bid, ask }: Quote): void {
    const top = [bid, ask].map((level) => level && topOf(level.exact.price, level.exact.size)).join();
    if (this.#tops.has(top)) this.#quoted = top;
    else this.say(`${this.symbol}: a quote that never was: ${top}`);
  }

  /** What is too old, or was left out or told twice, of the trades of the last so many ms. */
  ills(kinds: readonly ('trade' | 'candle' | 'ticker' | 'quote')[], span: number): readonly string[] {
    const now = this.market.now();
    const { tape } = this.#instrument;
    const recent = tape.tradesAfter(Math.max(0, tape.lastTrade - NEWEST)).filter(({ at }) => at <= now - LAG);
    const newest = recent.at(-1)?.id ?? 0;
    const isOld = (kind: string): boolean =>
      kind === 'quote'
        ? (this.#quoted === undefined ? -Infinity : (this.#tops.get(this.#quoted) ?? -Infinity)) < this.#step - STEPS
        : (this.#last.get(kind) ?? 0) < newest;
    const wrong = recent.filter(({ at, id }) => at > now - span && this.#counted.get(id) !== 1).map(({ id }) => id);
    return kinds.flatMap((kind) => {
      if (kind !== 'trade') return isOld(kind) ? [`${this.symbol}: ${kind} has stood still`] : [];
      return wrong.length > 0 ? [`${this.symbol}: not each told once of the trades ${wrong.join()}`] : [];
    });
  }

  #bar(
    kind: 'candle' | 'ticker',
    name: string,
    from: number | undefined,
    to: number | undefined,
    told: Readonly<Partial<Record<keyof Bar, string>>>,
    volume: string,
  ): void {
    // Before the first trade there is nothing to be held to.
    if (scaled(volume) === 0n) return;
    const bars = this.#bars.get(name) ?? new Bars(this.#instrument.tape, from, to);
    this.#bars.set(name, bars);
    const truth = bars.of(scaled(volume));
    const wrong = Object.entries(told).filter(([key, text]) => truth?.bar[key as keyof Bar] !== scaled(text));
    if (truth === undefined || wrong.length > 0)
      this.say(`${this.symbol}: ${kind} ${name} of ${volume} never was: ${JSON.stringify(told)}`);
    else this.#last.set(kind, truth.id);
  }

  #look(): void {
    this.#step += 1;
    const { bids, asks } = this.market.trueBook(this.symbol) ?? { bids: [], asks: [] };
    // A level that changes is another one, and most do not.
    if (this.#step === 1 || this.#best[0] !== bids[0] || this.#best[1] !== asks[0]) {
      this.#best = [bids[0], asks[0]];
      this.#top = this.#best.map((level) => level && topOf(...level)).join();
    }
    this.#tops.set(this.#top, this.#step);
  }
}

const topOf = (price: string, size: string): string => `${scaled(price)}×${scaled(size)}`;

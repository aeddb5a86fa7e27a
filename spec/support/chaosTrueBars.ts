import type { Candle } from '../../lib/model/candle.js';
import type { TrueInstrument, TrueTrade } from '../../lib/simulation/market/trueMarket.js';

const MINUTE = 60_000;

/** Candles of a minute, each as a client was told it last, against those that the trades of the market make. */
export class BarWitness {
  /** When the present one was told last, in ms. */
  heardAt = -Infinity;
  readonly #told = new Map<number, Bar>();
  /** A venue may count from when it is first asked: that minute need not be whole. */
  #since = Infinity;

  constructor(
    private readonly instrument: TrueInstrument | undefined,
    private readonly now: () => number,
  ) {}

  hear(bar: Pick<Candle, 'openTime'> & Bar): void {
    const now = this.now();
    if (this.#told.size === 0) this.#since = now;
    if (bar.openTime + MINUTE > now) this.heardAt = now;
    this.#told.set(bar.openTime, bar);
  }

  /** What of each minute with a trade was told otherwise, or was not told. */
  faults(): readonly string[] {
    return [...this.#minutes()].flatMap(([openTime, trades]) => {
      const told = this.#told.get(openTime);
      const [text, truth] = [told === undefined ? 'nothing' : textOf(told), textOf(barOf(trades))];
      return text === truth ? [] : [`the bar of ${openTime} is ${text}, in truth ${truth}`];
    });
  }

  #minutes(): ReadonlyMap<number, TrueTrade[]> {
    const minutes = new Map<number, TrueTrade[]>();
    for (const trade of this.instrument?.tape.tradesAfter(0) ?? []) {
      const openTime = Math.floor(trade.at / MINUTE) * MINUTE;
      const trades = minutes.get(openTime);
      if (trades !== undefined) trades.push(trade);
      else if (openTime >= this.#since) minutes.set(openTime, [trade]);
    }
    return minutes;
  }
}

type Bar = Pick<Candle, 'open' | 'high' | 'low' | 'close' | 'volume'>;

function barOf(trades: readonly TrueTrade[]): Bar {
  const prices = trades.map(({ price }) => Number(price));
  const volume = trades.reduce((sum, { size }) => sum + Number(size), 0);
  const [open = NaN, close = NaN] = [prices[0], prices.at(-1)];
  return { open, high: Math.max(...prices), low: Math.min(...prices), close, volume };
}

const textOf = ({ open, high, low, close, volume }: Bar): string =>
  [open, high, low, close, Number(volume.toFixed(6))].join(' ');

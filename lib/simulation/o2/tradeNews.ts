import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { OutgoingFrame } from '../faults/mangler.js';
import { tradesFrame, tradeText } from './frames.js';
import type { Session } from './session.js';
import type { VenueMarket } from './venueMarket.js';

export interface TradeNewsConfig {
  readonly markets: readonly VenueMarket[];
  readonly faults: FaultSchedule;
  /** When a frame was seen, in the venue's words. */
  readonly stamped: () => string;
}

/** What sessions are told of the trades since the last step. */
export class TradeNews {
  #last: ReadonlyMap<string, number>;

  constructor(private readonly config: TradeNewsConfig) {
    this.#last = this.#lastTrades();
  }

  pulse(sessions: Iterable<Session>): void {
    const { markets, faults, stamped } = this.config;
    const last = this.#last;
    this.#last = this.#lastTrades();
    for (const market of markets) {
      const listeners = [...sessions].filter(({ trades }) => trades.has(market.id));
      const trades = market.instrument.tape.tradesAfter(last.get(market.id) ?? 0);
      if (listeners.length === 0 || trades.length === 0) continue;
      const stream = `trades ${market.pair}`;
      const texts = trades.map((trade) => tradeText(market, trade));
      if (faults.take('missingSide', stream) !== undefined) texts[0] = (texts[0] ?? '').replace(/"side":"\w+",/, '');
      const frame: OutgoingFrame = { stream, diff: false, text: tradesFrame(market, texts, stamped()) };
      for (const session of listeners) session.emit(frame);
    }
  }

  #lastTrades(): ReadonlyMap<string, number> {
    return new Map(this.config.markets.map(({ id, instrument }) => [id, instrument.tape.lastTrade]));
  }
}

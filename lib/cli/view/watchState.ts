import type { BookState } from '../../model/bookState.js';
import type { Candle } from '../../model/candle.js';
import type { ConnectionState } from '../../model/connection.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelName } from '../args/request.js';
import type { Digits } from './digits.js';
import type { Notice } from './notice.js';
import type { Rate } from './rate.js';
import type { TableView } from './tableView.js';

/** What is watched, as the header tells it. */
export interface Subject {
  readonly venue: string;
  readonly market: string;
  readonly instrument: string;
  readonly channel: ChannelName;
  /** Where it comes from, in words: `live`, `simulated on ws://…`, `recording x.ndjson.gz`. */
  readonly origin: string;
  /** What a newcomer sees and how to stop; at the foot of the view. */
  readonly notes: readonly string[];
  /** Whether no other instrument can be watched beside it. */
  readonly fixed?: boolean;
}

/** A time during which the book was not live. It stays in sight for a while after it is over. */
export interface Episode {
  readonly reason: string;
  readonly since: number;
  /** When the book was live again; `undefined` while it is not. */
  readonly until: number | undefined;
}

/** One wire as the view sees it. */
export interface WireView {
  readonly connection: ConnectionState;
  /** When it was lost, where it has not been ready since: the next `ready` is a reconnect. */
  readonly lostAt: number | undefined;
}

/** Counts since the start. They only grow. */
export interface Counts {
  readonly messages: number;
  readonly gaps: number;
  readonly resnapshots: number;
  readonly reconnects: number;
}

/** A price at a moment; without one, it is known that there was none to be had. */
export interface PricePoint {
  readonly at: number;
  readonly price: number | undefined;
}

/** Everything the view shows. Times in ms of the scheduler that the stream runs on. */
export interface WatchState {
  readonly subject: Subject;
  readonly now: number;
  readonly startedAt: number;
  readonly wires: ReadonlyMap<string, WireView>;
  readonly book: BookState;
  /** Since when the book has had its status. */
  readonly bookSince: number;
  readonly episode: Episode | undefined;
  /** Newest first. */
  readonly trades: readonly Trade[];
  readonly quotes: readonly Quote[];
  /** Newest first, one per `openTime`. */
  readonly candles: readonly Candle[];
  readonly ticker: Ticker | undefined;
  readonly table: TableView | undefined;
  /** Samples of the price for the line, oldest first. */
  readonly prices: readonly PricePoint[];
  readonly sampledAt: number;
  readonly rate: Rate;
  readonly counts: Counts;
  /** Faults, and wires that were lost or are back. Newest first. */
  readonly faults: readonly Notice[];
  readonly digits: Digits;
  /** Why the venue does not serve it, where it does not. */
  readonly refused: string | undefined;
  /** The stream is over, and why, where it is. */
  readonly ended: string | undefined;
}

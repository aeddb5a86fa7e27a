import type { Observable, SchedulerLike } from 'rxjs';
import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import { heartbeat } from '../../socket/heartbeat.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { PING_EVERY } from './endpoint.js';
import { changeScanner } from './frames.js';
import { idOf } from './ids.js';
import { Pings } from './pings.js';
import { Seat } from './seat.js';
import type { O2Detail } from './topics.js';

/**
 * Refusals that time does not heal (`error_codes.rs`): an invalid request, one that can't be parsed, a forbidden place, no such market,
 * too many subscriptions. Whatever else is said may pass: a rate limit, a paused market, a failure of the venue's own.
 */
const FINAL: readonly unknown[] = [1001, 1002, 1004, 2000, 6001];
const ALREADY_SUBSCRIBED = 6000;

/**
 * How O2 talks: a message per subscription and no acknowledgement. The venue's text `PING` stands in for one: its `PONG`
 * comes after the venue has dealt with all that was sent before, so that a `PONG` confirms a subscription, an error
 * ahead of it is about that subscription, and frames ahead of it still belong to the one before. That the venue deals
 * with messages in order is assumed.
 *
 * Pongs bear no number, so that one that is late or lost can't be told from the next. One subscription goes out at a time,
 * the next with the pong of the one before; where that has not come by the time it is asked for again, the wire is given
 * up: a pong taken for another would confirm what is not subscribed yet, and what happens until it is would be missed.
 *
 * Depth is confirmed by its snapshot alone. Source: `websocket.ts` of o2-exchange/sdks 0.2.0; server types.
 */
export class O2Dialect implements Dialect {
  readonly #depth = changeScanner();
  readonly #seats = new Map<string, Seat>();
  readonly #pings = new Pings();

  constructor(
    private readonly link: Link,
    private readonly scheduler: SchedulerLike,
  ) {}

  alongside(): Observable<unknown> {
    return heartbeat(this.link, PING_EVERY, () => this.probe(), this.scheduler);
  }

  receive(text: string): void {
    if (text === 'PONG') {
      if (this.#pings.answered() !== undefined) this.link.changed();
      return;
    }
    const frame = this.#read(text);
    // An error may bear the action of what it refuses, and is no data of it.
    const slot = (frame['error'] ?? frame['code'] ?? undefined) === undefined ? slotOf(frame) : undefined;
    if (slot !== undefined) this.#deliver(slot, frame);
    else if ('error' in frame || 'code' in frame || frame['action'] === 'error') this.#failed(frame);
    else throw new TypeError('no action that is known');
  }

  admits({ key }: Topic): boolean {
    return !this.#pings.isWaitingFor((seat) => !seat.isHeard && seat.key !== key);
  }

  subscribe([topic]: readonly Topic[]): TopicRequest {
    if (topic === undefined) return {};
    const { slot, detail } = read(topic);
    const before = this.#seats.get(slot);
    if (before !== undefined && this.#pings.isWaitingFor((seat) => seat === before)) this.#giveUp();
    const seat = new Seat(topic.key, detail, before === undefined);
    this.#seats.set(slot, seat);
    const confirm = (): void => {
      if (this.#seats.get(slot) === seat && detail.opening === undefined) this.link.confirmed(topic.key);
    };
    const [text, ...more] = [
      // Asked for again: the venue refuses a second subscription of the same, and sends no second snapshot.
      ...(before?.isSubscribed === true ? [JSON.stringify(before.detail.unsubscribe)] : []),
      ...(before === undefined ? [] : [this.#pings.make({ answered: () => (seat.isOpen = true) })]),
      JSON.stringify(detail.subscribe),
      this.#pings.make({ about: seat, answered: confirm }),
    ];
    return { text, more };
  }

  unsubscribe([topic]: readonly Topic[]): TopicRequest {
    if (topic === undefined) return {};
    const { slot, detail } = read(topic);
    const seat = this.#seats.get(slot);
    if (seat?.key === topic.key) seat.leave();
    return { text: JSON.stringify(detail.unsubscribe) };
  }

  probe(): string {
    return this.#pings.make();
  }

  #read(text: string): JsonObject {
    try {
      return asJsonObject(this.#depth.read(text) ?? parseLossless(text), 'neither PONG nor an object');
    } catch (error) {
      // It may have been a refusal: unconfirmed it is asked for again after a while.
      this.#pings.refuse();
      throw error;
    }
  }

  #deliver(slot: string, frame: JsonObject): void {
    const seat = this.#seats.get(slot);
    if (seat === undefined) return;
    const isFirst = !seat.isHeard;
    if (!seat.takes(frame)) return;
    if (isFirst) this.link.changed();
    this.link.deliver(seat.key, frame);
  }

  #failed(frame: JsonObject): void {
    const { code, text } = errorOf(frame);
    const market = frame['market_id'];
    const depth = typeof market === 'string' ? this.#seats.get(`depth ${idOf(market)}`) : undefined;
    const { about } = this.#pings;
    if (frame['resync_required'] === true && depth !== undefined) {
      this.link.interrupted(depth.key);
      return;
    }
    // Unconfirmed it is asked for again after a while.
    if (code !== ALREADY_SUBSCRIBED) this.#pings.refuse();
    if (about === undefined || about.isHeard) this.link.report(text);
    else if (code === ALREADY_SUBSCRIBED) this.link.interrupted(about.key);
    else {
      if (FINAL.includes(code)) this.link.rejected(about.key, text);
      else this.link.report(`${about.key}: ${text}`);
    }
  }

  /** Not at once: this is asked while a message is being put together. */
  #giveUp(): void {
    this.scheduler.schedule(() => {
      this.link.lose('silent', 'a PING was not answered in time');
    });
  }
}

function read({ slot = '', detail }: Topic): { readonly slot: string; readonly detail: O2Detail } {
  return { slot, detail: detail as O2Detail };
}

/** Which slot a frame is about; none where it is no event of a stream. */
function slotOf({ action, market_id: market }: JsonObject): string | undefined {
  switch (action) {
    case 'subscribe_depth':
    case 'subscribe_depth_update':
      return `depth ${marketOf(market)}`;
    case 'subscribe_depth_view':
      return `view ${marketOf(market)}`;
    case 'subscribe_trades':
    case 'trades':
      return `trades ${marketOf(market)}`;
    case 'subscribe_orders':
      return 'orders';
    case 'subscribe_balances':
      return 'balances';
    case 'subscribe_nonce':
    case 'nonce':
      return 'nonce';
    default:
      return undefined;
  }
}

function marketOf(market: unknown): string {
  if (typeof market === 'string' && market !== '') return idOf(market);
  throw new TypeError('an event that names no market');
}

interface VenueError {
  readonly code: unknown;
  readonly text: string;
}

/** The form of an error on the socket is not documented: `error` (hummingbot), `code` and `message` (REST), an action. */
function errorOf(frame: JsonObject): VenueError {
  const { error } = frame;
  const { code, message = error } = isJsonObject(error) ? error : frame;
  const words = [code, message].filter((word) => typeof word === 'string' || typeof word === 'number');
  return { code, text: words.join(' ') || 'an error without words' };
}

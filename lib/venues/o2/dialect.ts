import type { SchedulerLike } from 'rxjs';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import { heartbeat } from '../../socket/heartbeat.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { PING_EVERY } from './endpoint.js';
import { idOf } from './ids.js';
import type { O2Detail } from './topics.js';

/** Who has a slot of this session's wire. */
interface Seat {
  readonly key: string;
  readonly detail: O2Detail;
  /** Whether the venue has it, as far as was said. */
  isSubscribed: boolean;
  /** Whether frames may be handed on: what was left over from the subscription before is out. */
  isOpen: boolean;
  /** Whether a frame came of it. */
  isHeard: boolean;
  /** The last one that says when. */
  last?: JsonObject;
}

/** What a `PONG` will say: everything sent before its `PING` has been dealt with. */
interface Ping {
  /** The subscription sent right before it. */
  readonly about?: Seat | undefined;
  readonly answered?: (() => void) | undefined;
  isRefused: boolean;
}

const PING = 'PING';
/** Refusals that time may heal (`error_codes.rs`): rate limit, market paused. */
const PASSING: readonly unknown[] = [1003, 2001];
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
export function o2Dialect(link: Link, scheduler: SchedulerLike): Dialect {
  const seats = new Map<string, Seat>();
  const pings: Ping[] = [];
  const ping = (fields: Omit<Ping, 'isRefused'> = {}): string => {
    pings.push({ ...fields, isRefused: false });
    return PING;
  };

  /** Not at once: this is asked while a message is being put together. */
  const giveUp = (): void => {
    scheduler.schedule(() => {
      link.lose('silent', 'a PING was not answered in time');
    });
  };

  const deliver = (slot: string, frame: JsonObject): void => {
    const seat = seats.get(slot);
    if (seat?.isOpen !== true) return;
    const { opening } = seat.detail;
    if (opening !== undefined && !seat.isHeard && frame['action'] !== opening) return;
    if (seat.last !== undefined && isSame(seat.last, frame)) return;
    if (typeof frame['seen_timestamp'] === 'string') seat.last = frame;
    if (!seat.isHeard) {
      seat.isHeard = true;
      link.changed();
    }
    link.deliver(seat.key, frame);
  };

  const complain = (frame: JsonObject): void => {
    const { code, text, isMute } = errorOf(frame);
    const market = frame['market_id'];
    const depth = typeof market === 'string' ? seats.get(`depth ${idOf(market)}`) : undefined;
    const [waiting] = pings;
    const { about } = waiting ?? {};
    // What does not say why refuses nothing for good.
    const isPassing = isMute || PASSING.includes(code);
    if (frame['resync_required'] === true && depth !== undefined) link.interrupted(depth.key);
    else if (waiting === undefined || about === undefined || about.isHeard) link.complain(text);
    else if (code === ALREADY_SUBSCRIBED) link.interrupted(about.key);
    else {
      // Unconfirmed it is asked for again after a while.
      waiting.isRefused = true;
      if (isPassing) link.complain(`${about.key}: ${text}`);
      else link.rejected(about.key, text);
    }
  };

  return {
    receive: (text) => {
      if (text === 'PONG') {
        const answered = pings.shift();
        if (answered?.isRefused === false) answered.answered?.();
        if (answered?.about !== undefined) link.changed();
        return;
      }
      const frame = parseLossless(text);
      if (!isJsonObject(frame)) throw new TypeError('neither PONG nor an object');
      const slot = slotOf(frame);
      if (slot !== undefined) deliver(slot, frame);
      else if ('error' in frame || 'code' in frame || frame['action'] === 'error') complain(frame);
      else throw new TypeError('no action that is known');
    },
    admits: ({ key }) => pings.every(({ about }) => about === undefined || about.isHeard || about.key === key),
    subscribe: ([topic]): TopicRequest => {
      if (topic === undefined) return {};
      const { slot, detail } = read(topic);
      const before = seats.get(slot);
      if (before !== undefined && pings.some(({ about }) => about === before)) giveUp();
      const seat: Seat = { key: topic.key, detail, isSubscribed: true, isOpen: before === undefined, isHeard: false };
      seats.set(slot, seat);
      const confirm = (): void => {
        if (seats.get(slot) === seat && detail.opening === undefined) link.confirmed(topic.key);
      };
      const texts = [
        // Asked for again: the venue refuses a second subscription of the same, and sends no second snapshot.
        ...(before?.isSubscribed === true ? [JSON.stringify(before.detail.unsubscribe)] : []),
        ...(before === undefined ? [] : [ping({ answered: () => (seat.isOpen = true) })]),
        JSON.stringify(detail.subscribe),
        ping({ about: seat, answered: confirm }),
      ];
      return { text: texts[0], more: texts.slice(1) };
    },
    unsubscribe: ([topic]): TopicRequest => {
      if (topic === undefined) return {};
      const { slot, detail } = read(topic);
      const seat = seats.get(slot);
      if (seat?.key === topic.key) seat.isSubscribed = seat.isOpen = false;
      return { text: JSON.stringify(detail.unsubscribe) };
    },
    probe: () => ping(),
    alongside: () => heartbeat(link, PING_EVERY, ping, scheduler),
  };
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
  if (typeof market === 'string') return idOf(market);
  throw new TypeError('an event that names no market');
}

/**
 * Whether a frame is the one before it once more. Nothing numbers them, but they say to the nanosecond when they were seen:
 * what says the same of the same moment was sent twice, as what was queued for a subscription may come again with the next.
 */
const isSame = (last: JsonObject, frame: JsonObject): boolean =>
  last['seen_timestamp'] === frame['seen_timestamp'] && JSON.stringify(last) === JSON.stringify(frame);

interface VenueError {
  readonly code: unknown;
  readonly text: string;
  /** Whether it says nothing. */
  readonly isMute: boolean;
}

/** The form of an error on the socket is not documented: `error` (hummingbot), `code` and `message` (REST), an action. */
function errorOf(frame: JsonObject): VenueError {
  const { error } = frame;
  const { code, message = error } = isJsonObject(error) ? error : frame;
  const words = [code, message].filter((word) => typeof word === 'string' || typeof word === 'number');
  const isMute = words.length === 0;
  return { code, isMute, text: isMute ? 'an error without words' : words.join(' ') };
}

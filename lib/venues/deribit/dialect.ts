import { EMPTY, type Observable, type SchedulerLike, defer, ignoreElements, merge, tap } from 'rxjs';
import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { atTop } from '../../codec/placeOfLevels.js';
import { ReadFrame, insideOf } from '../../codec/readFrame.js';
import { changeScanner } from '../../codec/scanChanges.js';
import { every } from '../../socket/every.js';
import { type NumberedRequest, NumberedRequests, behind } from '../../socket/numberedRequests.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { END_AGAIN, HEARTBEAT } from './endpoint.js';
import { candleFrames } from './frames.js';
import type { DeribitCredentials } from './options.js';
import { SignIn } from './signIn.js';

export interface DialectConfig {
  readonly credentials: DeribitCredentials | undefined;
  readonly scheduler: SchedulerLike;
}

/** `too_many_requests`, and what else time may heal: what was asked for stays unconfirmed, and is asked for again. */
const PASSING: readonly number[] = [10_028, 10_040, 11_051];

/**
 * How Deribit talks: JSON-RPC. An answer to a subscription lists the channels that were accepted, in any order; what it
 * does not list was refused, and nothing says so. A `test_request` must be answered, or the venue closes the connection.
 */
export class DeribitDialect implements Dialect {
  readonly #requests = new NumberedRequests((id, method: string, params: object) =>
    JSON.stringify({ jsonrpc: '2.0', id, method, params }),
  );
  /** Which channels a subscription named that is yet to be answered, by its id. */
  readonly #named = new Map<string, readonly string[]>();
  /** By which subscription each was asked for last. */
  readonly #latest = new Map<string, string>();
  /** Which channels a request to end some named that is yet to be answered, by its id. */
  readonly #ends = new Map<string, readonly string[]>();
  /** What the venue would not end for now: it goes on, and is ended with whatever is requested next, or after a while. */
  readonly #unended = new Set<string>();
  readonly #signIn: SignIn | undefined;
  readonly #scheduler: SchedulerLike;
  readonly #candles = candleFrames();
  readonly #depth = changeScanner('bids', 'asks', WORDS, inTypedData);

  constructor(
    private readonly link: Link,
    { credentials, scheduler }: DialectConfig,
  ) {
    this.#scheduler = scheduler;
    const request = (method: string, params: object): string => this.#request(method, params);
    this.#signIn = credentials && new SignIn({ credentials, request, scheduler });
  }

  handshake(): Observable<unknown> {
    return this.#signIn?.once().pipe(ignoreElements()) ?? EMPTY;
  }

  alongside(): Observable<unknown> {
    return defer(() => {
      this.#request('public/set_heartbeat', { interval: HEARTBEAT });
      const ends$ = every(END_AGAIN, this.#scheduler).pipe(
        tap(() => {
          const ends = this.#endsAgain();
          if (ends !== undefined) this.link.send(ends.text);
        }),
      );
      return merge(this.#signIn?.renewals$ ?? EMPTY, ends$);
    });
  }

  receive(text: string): void {
    const read: unknown = text.startsWith(CANDLE)
      ? this.#candles.read(text)
      : (this.#depth.read(text) ?? JSON.parse(text));
    const frame = asJsonObject(insideOf(read));
    const { id } = frame;
    if (typeof id === 'number') this.#answered(`${id}`, frame);
    else this.#notified(frame, read instanceof ReadFrame);
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    const ends = this.#endsAgain();
    const channels = channelsOf(topics);
    const subscription = this.#requests.make('public/subscribe', { channels });
    this.#named.set(subscription.id, channels);
    for (const channel of channels) this.#latest.set(channel, subscription.id);
    return behind(ends, subscription);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return behind(this.#endsAgain(), this.#ending(channelsOf(topics)));
  }

  probe(): string {
    return this.#requests.make('public/test', {}).text;
  }

  #ending(channels: readonly string[]): NumberedRequest {
    const end = this.#requests.make('public/unsubscribe', { channels });
    this.#ends.set(end.id, channels);
    return end;
  }

  /** What is wanted again is ended first, too: its beginning is over. The numbers of requests go up as they are sent. */
  #endsAgain(): NumberedRequest | undefined {
    if (this.#unended.size === 0) return undefined;
    const channels = [...this.#unended];
    this.#unended.clear();
    return this.#ending(channels);
  }

  #request(method: string, params: object): string {
    const { id, text } = this.#requests.make(method, params);
    this.link.send(text);
    return id;
  }

  #answered(id: string, frame: JsonObject): void {
    if (this.#signIn?.hear(id, frame) === true) return;
    const { result, error } = frame;
    const channels = this.#named.get(id) ?? [];
    const ends = this.#ends.get(id) ?? [];
    this.#named.delete(id);
    this.#ends.delete(id);
    if (isJsonObject(error)) {
      this.#refused(id, error, ends);
      return;
    }
    if (Array.isArray(result)) {
      for (const channel of channels) {
        // What was asked for again since is not refused by that.
        if (result.includes(channel) || this.#latest.get(channel) !== id) continue;
        this.link.rejected(channel, 'not among the accepted');
      }
    }
    this.link.accepted(id);
  }

  /** @param ends What the request was to end. */
  #refused(id: string, { code, message }: JsonObject, ends: readonly string[]): void {
    const text = `${String(code)} ${String(message)}`;
    const isPassing = PASSING.includes(Number(code));
    // What was requested since is wanted again.
    const isOver = (channel: string): boolean => Number(this.#latest.get(channel) ?? 0) < Number(id);
    if (isPassing) for (const channel of ends.filter(isOver)) this.#unended.add(channel);
    if (isPassing && ends.length === 0) this.link.report(text);
    else this.link.refused(id, text);
  }

  /** @param isRead Whether its data were read by their codec. */
  #notified({ method, params }: JsonObject, isRead: boolean): void {
    const { type, channel, data } = isJsonObject(params) ? params : {};
    if (method === 'subscription' && typeof channel === 'string')
      this.link.deliver(channel, isRead ? new ReadFrame(data) : data);
    else if (method !== 'heartbeat') throw new TypeError('neither an answer nor a notification');
    else if (type === 'test_request') this.#request('public/test', {});
  }
}

/** How notifications of candles begin. */
const CANDLE = '{"jsonrpc":"2.0","method":"subscription","params":{"channel":"chart.';

/** What became of a level. */
const WORDS = { new: 'set', change: 'set', delete: 'removed' } as const;

/** Of books whose rows begin with words: those that are told whole have no type. */
function inTypedData(frame: unknown): Record<string, unknown> | undefined {
  const params = isJsonObject(frame) ? frame['params'] : undefined;
  const data = atTop(isJsonObject(params) ? params['data'] : undefined);
  return typeof data?.['type'] === 'string' ? data : undefined;
}

const channelsOf = (topics: readonly Topic[]): readonly string[] => topics.map(({ key }) => key);

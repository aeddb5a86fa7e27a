import { EMPTY, type SchedulerLike, defer, ignoreElements } from 'rxjs';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { HEARTBEAT } from './endpoint.js';
import type { DeribitCredentials } from './options.js';
import { SignIn } from './signIn.js';

/** `too_many_requests`, and what else time may heal: what was asked for stays unconfirmed, and is asked for again. */
const PASSING: readonly unknown[] = [10_028, 10_040, 11_051];

/**
 * How Deribit talks: JSON-RPC. An answer to a subscription lists the channels that were accepted, in any order; what it
 * does not list was refused, and nothing says so. A `test_request` must be answered, or the venue closes the connection.
 */
export function deribitDialect(
  link: Link,
  {
    credentials,
    scheduler,
  }: { readonly credentials: DeribitCredentials | undefined; readonly scheduler: SchedulerLike },
): Dialect {
  let lastId = 0;
  /** Which channels a subscription named that is yet to be answered. */
  const named = new Map<number, readonly string[]>();

  const request = (method: string, params: object): TopicRequest & { readonly text: string } => {
    lastId += 1;
    return { id: `${lastId}`, text: JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params }) };
  };
  const ask = (method: string, params: object): number => {
    link.send(request(method, params).text);
    return lastId;
  };
  const signIn = credentials && new SignIn({ credentials, ask, scheduler });
  const channelsOf = (topics: readonly Topic[]): readonly string[] => topics.map(({ key }) => key);

  const answered = (id: number, frame: JsonObject): void => {
    if (signIn?.hear(id, frame) === true) return;
    const { result, error } = frame;
    const channels = named.get(id) ?? [];
    named.delete(id);
    if (isJsonObject(error)) {
      const text = `${String(error['code'])} ${String(error['message'])}`;
      if (PASSING.includes(error['code'])) link.complain(text);
      else link.refused(`${id}`, text);
      return;
    }
    if (Array.isArray(result)) {
      for (const channel of channels) if (!result.includes(channel)) link.rejected(channel, 'not among the accepted');
    }
    link.accepted(`${id}`);
  };

  const notified = ({ method, params }: JsonObject): void => {
    const { type, channel, data } = isJsonObject(params) ? params : {};
    if (method === 'subscription' && typeof channel === 'string') link.deliver(channel, data);
    else if (method !== 'heartbeat') throw new TypeError('neither an answer nor a notification');
    else if (type === 'test_request') link.send(request('public/test', {}).text);
  };

  return {
    handshake: signIn && (() => signIn.once().pipe(ignoreElements())),
    alongside: () =>
      defer(() => {
        ask('public/set_heartbeat', { interval: HEARTBEAT });
        return signIn?.renewals$ ?? EMPTY;
      }),
    receive: (text) => {
      const frame: unknown = JSON.parse(text);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      const { id } = frame;
      if (typeof id === 'number') answered(id, frame);
      else notified(frame);
    },
    subscribe: (topics) => {
      const channels = channelsOf(topics);
      const subscription = request('public/subscribe', { channels });
      named.set(lastId, channels);
      return subscription;
    },
    unsubscribe: (topics) => request('public/unsubscribe', { channels: channelsOf(topics) }),
    probe: () => request('public/test', {}).text,
  };
}

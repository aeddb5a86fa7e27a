import type { SchedulerLike } from 'rxjs';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { scanLevels } from '../../codec/scanLevels.js';
import { heartbeat } from '../../socket/heartbeat.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { PING_EVERY } from './endpoint.js';

/**
 * How Bybit v5 talks: numbered requests of many topics, and answers that bear the number and, where something is refused,
 * name the topic in their text; options answer topic by topic without a number. Data may come before the answer.
 */
export function bybitDialect(link: Link, scheduler: SchedulerLike): Dialect {
  let lastId = 0;
  const request = (op: string, args?: readonly string[]): TopicRequest & { readonly text: string } => {
    lastId += 1;
    const id = `${lastId}`;
    return { id, text: JSON.stringify({ req_id: id, op, args }) };
  };
  const ping = (): string => request('ping').text;
  const keysOf = (topics: readonly Topic[]): readonly string[] => topics.map(({ key }) => key);

  const refuse = ({ req_id: id, op, ret_msg: text }: JsonObject): void => {
    const reason = String(text);
    const named = /topic:\s*([\w.-]+)/.exec(reason)?.[1];
    if (op !== 'subscribe') link.complain(`${String(op)}: ${reason}`);
    else {
      // Its beginning is over: what opens with a snapshot has to be begun anew.
      if (named !== undefined && reason.includes(ALREADY)) link.interrupted(named);
      else if (named !== undefined) link.rejected(named, reason);
      // One that is wrong has all of a request refused: the others are asked for again, where none was named in halves.
      if (typeof id === 'string') link.refused(id, reason);
      else if (named === undefined) link.complain(reason);
    }
  };

  const hear = (frame: JsonObject): void => {
    const { success, op, req_id: id, data } = frame;
    if (isPong(frame)) return;
    if (isJsonObject(data)) {
      for (const topic of textsOf(data['successTopics'])) link.confirmed(topic);
      for (const topic of textsOf(data['failTopics'])) link.rejected(topic, 'among the failed topics');
    } else if (success === false) refuse(frame);
    else if (success !== true) throw new TypeError('no topic, no answer');
    else if (op === 'subscribe' && typeof id === 'string') link.accepted(id);
  };

  return {
    receive: (text) => {
      const frame = scanLevels(text, 'b', 'a', bookOf) ?? (JSON.parse(text) as unknown);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      const { topic } = frame;
      if (typeof topic === 'string') link.deliver(topic, frame);
      else hear(frame);
    },
    subscribe: (topics) => request('subscribe', keysOf(topics)),
    unsubscribe: (topics) => request('unsubscribe', keysOf(topics)),
    probe: ping,
    alongside: () => heartbeat(link, PING_EVERY, ping, scheduler),
  };
}

/** `error:already subscribed,topic:orderbook.50.BTCUSDT` (seen live, 2023 and 2026) */
const ALREADY = 'already subscribed';

/** Options say it in the first way, the others in the second. */
const isPong = ({ op, ret_msg: text }: JsonObject): boolean => op === 'pong' || text === 'pong';

const textsOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];

function bookOf(frame: unknown): Record<string, unknown> | undefined {
  const data: unknown = isJsonObject(frame) ? frame['data'] : undefined;
  return isRecord(data) ? data : undefined;
}

const isRecord = (u: unknown): u is Record<string, unknown> => isJsonObject(u);

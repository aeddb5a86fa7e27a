import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { scanLevels } from '../../codec/scanLevels.js';
import type { Dialect, Link, Topic } from '../../socket/plan.js';

/**
 * How Bitstamp talks: a message is about one channel, answers name it, and errors may not. An error that names none is of
 * the channel that is yet to be answered; of several of these, they are asked for again one by one.
 */
export function bitstampDialect(link: Link): Dialect {
  /** What was asked for and not answered. */
  const asked = new Set<string>();
  let isOneByOne = false;

  const answered = (channel: string): void => {
    asked.delete(channel);
    if (isOneByOne) link.changed();
  };
  const refuse = (channel: unknown, data: unknown): void => {
    const { code, message } = isJsonObject(data) ? data : {};
    const text = `${String(code)} ${String(message)}`;
    const [first, ...others] = asked;
    const named = typeof channel === 'string' && channel !== '' ? channel : others.length === 0 ? first : undefined;
    if (named !== undefined) {
      link.rejected(named, text);
      answered(named);
      return;
    }
    link.complain(text);
    if (first === undefined) return;
    isOneByOne = true;
    // Their answers still name them; what is not answered in time is asked for again.
    asked.clear();
  };
  const hear = (frame: JsonObject): void => {
    const { event, channel, data } = frame;
    switch (event) {
      case 'bts:subscription_succeeded':
        link.confirmed(String(channel));
        answered(String(channel));
        break;
      case 'bts:error':
        refuse(channel, data);
        break;
      case 'bts:request_reconnect':
        link.lose('shutdown', 'asked to reconnect');
        break;
      case 'bts:unsubscription_succeeded':
        link.accepted(endOf(String(channel)));
        break;
      case 'bts:heartbeat':
        break;
      default:
        if (typeof event !== 'string' || typeof channel !== 'string') throw new TypeError('no event of a channel');
        link.deliver(channel, frame);
    }
  };
  const say = (event: string, topic: Topic | undefined): string =>
    JSON.stringify({ event, data: { channel: topic?.key } });

  return {
    admits: () => !isOneByOne || asked.size === 0,
    receive: (text) => {
      const frame = scanLevels(text, 'bids', 'asks', levelsIn) ?? (JSON.parse(text) as unknown);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      hear(frame);
    },
    subscribe: ([topic]) => {
      if (topic !== undefined) asked.add(topic.key);
      return { text: say('bts:subscribe', topic) };
    },
    unsubscribe: ([topic]) => {
      asked.delete(topic?.key ?? '');
      return { id: endOf(topic?.key), text: say('bts:unsubscribe', topic) };
    },
    probe: () => JSON.stringify({ event: 'bts:heartbeat' }),
  };
}

const endOf = (channel: string | undefined): string => `end of ${String(channel)}`;

function levelsIn(frame: unknown): Record<string, unknown> | undefined {
  const data: unknown = isJsonObject(frame) ? frame['data'] : undefined;
  return isRecord(data) ? data : undefined;
}

const isRecord = (u: unknown): u is Record<string, unknown> => isJsonObject(u);

import { scanLevels } from '../../codec/scanLevels.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * How Binance's combined streams talk: `{"stream","data"}` for events, numbered requests, and answers that name the
 * number but not the streams. Data may come before the answer.
 */
export function binanceDialect(link: Link): Dialect {
  let lastId = 0;
  const request = (method: string, topics?: readonly Topic[]): TopicRequest & { readonly text: string } => {
    lastId += 1;
    const params = topics?.map((topic) => topic.key);
    return { id: String(lastId), text: JSON.stringify({ method, ...(params && { params }), id: lastId }) };
  };
  return {
    receive: (text) => {
      const frame = (scanLevels(text, 'b', 'a', dataOf) ?? JSON.parse(text)) as Json | null;
      const stream = frame?.['stream'];
      if (stream === SHUTDOWN || frame?.['e'] === 'serverShutdown') {
        link.lose('shutdown', 'announced by the venue');
      } else if (typeof stream === 'string') link.deliver(stream, frame?.['data']);
      else receiveAnswer(frame, link);
    },
    subscribe: (topics) => request('SUBSCRIBE', topics),
    unsubscribe: (topics) => request('UNSUBSCRIBE', topics),
    // Any answer will do: the question is only whether somebody is there.
    probe: () => request('LIST_SUBSCRIPTIONS').text,
  };
}

/** Sent some time before the venue closes a connection; since May 2026. No lead time is promised. */
const SHUTDOWN = '!serverShutdown';

function receiveAnswer(frame: Json | null, link: Link): void {
  // As documented the code stands at the top; what ccxt sees has it under `error`. Both are taken.
  const error = (frame?.['error'] ?? frame) as Json | null;
  const id = frame?.['id'];
  const number = typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
  if (typeof error?.['code'] === 'number') {
    const text = `${error['code']} ${String(error['msg'])}`;
    if (number === undefined) link.complain(text);
    else link.refused(number, text);
  } else if (frame !== null && 'result' in frame) {
    if (number !== undefined) link.accepted(number);
  } else {
    throw new TypeError('neither event nor answer');
  }
}

const dataOf = (frame: unknown): Record<string, unknown> | undefined =>
  (frame as { readonly data?: Record<string, unknown> } | null)?.data;

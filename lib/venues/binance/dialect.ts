import { scanLevels } from '../../codec/scanLevels.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';

/** What a frame may hold. Of anything that is no object, but `null`, all of it is absent. */
interface Frame {
  readonly stream?: unknown;
  readonly data?: Data | null;
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: Refusal | null;
}
interface Refusal {
  readonly code?: unknown;
  readonly msg?: unknown;
}
type Data = Record<string, unknown>;

/**
 * How Binance's combined streams talk: `{"stream","data"}` for events, numbered requests, and answers that name the
 * number but not the streams. Data may come before the answer.
 */
export function binanceDialect(link: Link): Dialect {
  let lastId = 0;
  const request = (method: string, topics?: readonly Topic[]): TopicRequest & { readonly text: string } => {
    lastId += 1;
    return { id: `${lastId}`, text: JSON.stringify({ method, params: topics?.map(({ key }) => key), id: lastId }) };
  };
  return {
    receive: (text) => {
      const frame = (scanLevels(text, 'b', 'a', dataOf) ?? JSON.parse(text)) as Frame & Refusal & Data;
      const { stream, data = frame } = frame;
      // Sent some time before the venue closes a connection; since May 2026. No lead time is promised.
      if (data?.['e'] === 'serverShutdown') link.lose('shutdown', 'announced');
      else if (typeof stream === 'string') link.deliver(stream, data);
      else {
        // As documented the code stands at the top; what ccxt sees has it under `error`. Both are taken.
        const error = frame.error ?? frame;
        // Number or text, digit for digit; what is neither answers nobody in particular.
        const id = typeof frame.id === 'number' || typeof frame.id === 'string' ? String(frame.id) : '';
        if (typeof error.code === 'number') link.refused(id, `${error.code} ${String(error.msg)}`);
        else if (error !== frame || error.code !== undefined) link.refused(id, text);
        else if (frame.result !== undefined) link.accepted(id);
        else throw new TypeError('no event, no answer');
      }
    },
    subscribe: (topics) => request('SUBSCRIBE', topics),
    unsubscribe: (topics) => request('UNSUBSCRIBE', topics),
    // Any answer will do: the question is only whether somebody is there.
    probe: () => request('LIST_SUBSCRIPTIONS').text,
  };
}

const dataOf = (frame: unknown): Data | undefined => (frame as { readonly data?: Data } | null)?.data;

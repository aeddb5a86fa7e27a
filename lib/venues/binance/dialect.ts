import { inData } from '../../codec/placeOfLevels.js';
import { levelScanner } from '../../codec/scanLevels.js';
import { NumberedRequests } from '../../socket/numberedRequests.js';
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
export class BinanceDialect implements Dialect {
  readonly #depth = levelScanner('b', 'a', inData);
  readonly #requests = new NumberedRequests((id, method: string, topics?: readonly Topic[]) =>
    JSON.stringify({ method, params: topics?.map(({ key }) => key), id }),
  );

  constructor(private readonly link: Link) {}

  receive(text: string): void {
    const frame = (this.#depth.read(text) ?? JSON.parse(text)) as Frame & Refusal & Data;
    const { stream, data = frame } = frame;
    // Sent some time before the venue closes a connection; since May 2026. No lead time is promised.
    if (data?.['e'] === 'serverShutdown') this.link.lose('shutdown', 'announced');
    else if (typeof stream === 'string') this.link.deliver(stream, data);
    else this.#answered(frame, text);
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    return this.#requests.make('SUBSCRIBE', topics);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return this.#requests.make('UNSUBSCRIBE', topics);
  }

  /** Any answer will do: the question is only whether somebody is there. */
  probe(): string {
    return this.#requests.make('LIST_SUBSCRIPTIONS').text;
  }

  #answered(frame: Frame & Refusal, text: string): void {
    // As documented the code stands at the top; what ccxt sees has it under `error`. Both are taken.
    const error = frame.error ?? frame;
    // Number or text, digit for digit; what is neither answers nobody in particular.
    const id = typeof frame.id === 'number' || typeof frame.id === 'string' ? String(frame.id) : '';
    if (typeof error.code === 'number') this.link.refused(id, `${error.code} ${String(error.msg)}`);
    else if (error !== frame || error.code !== undefined) this.link.refused(id, text);
    else if (frame.result !== undefined) this.link.accepted(id);
    else throw new TypeError('no event, no answer');
  }
}

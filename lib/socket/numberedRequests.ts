import type { TopicRequest } from './plan.js';

/** A request whose answer bears its number. */
export interface NumberedRequest extends TopicRequest {
  readonly id: string;
  readonly text: string;
}

/** The requests of one session at a venue that answers by number: from 1, each with the next one. */
export class NumberedRequests<A extends readonly unknown[]> {
  #lastId = 0;

  /** @param textOf A message in the venue's words. */
  constructor(private readonly textOf: (id: number, ...about: A) => string) {}

  /** A new request, under the next number. */
  make(...about: A): NumberedRequest {
    const id = this.nextId();
    return { id: `${id}`, text: this.textOf(id, ...about) };
  }

  /** The number of a message of another kind. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** A request with another one ahead of it, of which the core knows nothing: what is answered is the one behind. */
export const behind = (ahead: NumberedRequest | undefined, request: NumberedRequest): TopicRequest =>
  ahead === undefined ? request : { id: request.id, text: ahead.text, more: [request.text] };

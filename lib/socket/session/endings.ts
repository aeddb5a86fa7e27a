import type { TopicRequest } from '../plan.js';
import type { Stage } from './pendingRequest.js';

/**
 * Ends that the venue has yet to answer, where it answers requests at all, as far as this session knows: until it has, what
 * comes under such a key belongs to the subscription that is being ended.
 */
export class Endings {
  /** By key, the id of the request that ends it. */
  readonly #pending = new Map<string, string>();
  /** Whatever was subscribed before in this session. */
  readonly #ended = new Set<string>();
  /** Whether the venue was seen to answer requests by their ids. */
  #isAnswering = false;
  /** Whose subscription it was seen to confirm. */
  readonly #confirmed = new Set<string>();

  sent({ id, text }: TopicRequest, stages: readonly Stage[]): void {
    for (const { topic } of stages) {
      this.#ended.add(topic.key);
      if (id !== undefined && text !== undefined) this.#pending.set(topic.key, id);
    }
  }

  answered(id: string): void {
    this.#isAnswering = true;
    for (const [key, request] of this.#pending) if (request === id) this.#pending.delete(key);
  }

  /** The venue confirmed a subscription: it hears what is requested, and will answer the ends that bear an id. */
  confirmed(key: string): void {
    this.#confirmed.add(key);
  }

  /** An answer that has not come by now was lost: what is requested from now on is not held up by it. */
  overdue(key: string): void {
    this.#pending.delete(key);
  }

  isPending(key: string): boolean {
    return (this.#isAnswering || this.#confirmed.size > 0) && this.#pending.has(key);
  }

  /**
   * Whether a frame under the key may be a late one of a subscription before.
   *
   * @param isFirst Whether one request was made since. Where ends bear an id and no answer was heard yet all may have been lost, or
   *   the venue gives none: so one is doubted, and the next is not.
   */
  mayBeLate(key: string, isFirst: boolean): boolean {
    const isAwaited = isFirst && this.#pending.has(key);
    return this.#ended.has(key) && (isAwaited || this.#isAnswering || this.#confirmed.has(key));
  }
}

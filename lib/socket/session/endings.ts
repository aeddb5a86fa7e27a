import type { TopicRequest } from '../plan.js';
import type { Stage } from './ask.js';

/**
 * Ends that the venue has yet to answer, where it answers requests at all, as far as this session knows: until it has, what
 * comes under such a key belongs to the subscription that is being ended.
 */
export class Endings {
  /** By key, the id of the request that ends it. */
  readonly #pending = new Map<string, string>();
  #isAnswering = false;

  sent({ id, text }: TopicRequest, stages: readonly Stage[]): void {
    if (id === undefined || text === undefined) return;
    for (const { topic } of stages) this.#pending.set(topic.key, id);
  }

  /** Whether the venue was seen to answer requests. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  answered(id: string): void {
    this.#isAnswering = true;
    for (const [key, request] of this.#pending) if (request === id) this.#pending.delete(key);
  }

  isPending(key: string): boolean {
    return this.#isAnswering && this.#pending.has(key);
  }
}

import type { Topic } from '../../../socket/plan.js';
import { type DxLinkContract, feedOf } from '../topics.js';
import type { FeedLanesConfig } from './feedLanesConfig.js';

/** For so long nobody asks again for what the venue refused, in ms: it may have been meant for that moment. */
const REFUSED_FOR = 60_000;

/** Contracts that the venue refused in this session a moment ago, with its words. */
export class RefusedContracts {
  readonly #config: Pick<FeedLanesConfig, 'later' | 'link'>;
  readonly #words = new Map<DxLinkContract, string>();

  constructor(config: Pick<FeedLanesConfig, 'later' | 'link'>) {
    this.#config = config;
  }

  has(contract: DxLinkContract): boolean {
    return this.#words.has(contract);
  }

  add(contract: DxLinkContract, words: string): void {
    this.#words.set(contract, words);
    this.#config.later(REFUSED_FOR, () => this.#words.delete(contract));
  }

  clear(): void {
    this.#words.clear();
  }

  /** Refuses those of such contracts. Not at once: a subscription is being made up of them. */
  reject(topics: readonly Topic[]): void {
    const { later, link } = this.#config;
    for (const topic of topics) {
      const words = this.#words.get(feedOf(topic).contract);
      if (words === undefined) continue;
      later(0, () => {
        link.rejected(topic.key, words);
      });
    }
  }
}

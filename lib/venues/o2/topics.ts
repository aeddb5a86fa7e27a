import type { Topic } from '../../socket/plan.js';

/** What the dialect has to know of a subscription. */
export interface O2Detail {
  readonly subscribe: Readonly<Record<string, unknown>>;
  readonly unsubscribe: Readonly<Record<string, unknown>>;
  /** The action of the frame that begins the stream; what comes before it is left over from an older subscription. */
  readonly opening?: string | undefined;
}

/** All on one kind of wire: one socket carries every channel. */
export const GROUP = 'main';

/**
 * One subscription. `slot` is what frames tell of it: a wire takes each only once, since the venue does, and since its
 * frames don't say for which of two they would be.
 */
export function topicOf(key: string, slot: string, detail: O2Detail): Topic {
  return { key, slot, group: GROUP, detail, fromStart: detail.opening !== undefined };
}

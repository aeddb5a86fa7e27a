import type { Topic } from '../../socket/plan.js';

/** A channel and its wire are one. */
export function topicOf(channel: string, asset?: string): Topic {
  const key = asset === undefined ? channel : `${channel}:${asset}`;
  return { key, group: key };
}

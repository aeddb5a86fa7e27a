import { bytesOf } from '../bytesOf.js';
import type { Dialect, Topic, TopicRequest } from '../plan.js';
import type { Stage } from './pendingRequest.js';

/** A request, and the subscriptions that it names. */
export interface Fitted {
  readonly request: TopicRequest;
  readonly named: readonly Stage[];
}

/** The request about as many of the subscriptions, from the first, as the venue's frame limit lets through. */
export function fit(
  some: readonly Stage[],
  requestBytes: number,
  make: (topics: readonly Topic[]) => TopicRequest,
): Fitted {
  for (let count = some.length; ; count = Math.ceil(count / 2)) {
    const named = some.slice(0, count);
    const request = make(named.map(({ topic }) => topic));
    if (count === 1 || bytesOf(request.text ?? '') <= requestBytes) return { request, named };
  }
}

/** The first subscriptions that may be requested now, `most` of them at most. */
export function admitted(unsent: Iterable<Stage>, most: number, speaker: Pick<Dialect, 'admits'>): readonly Stage[] {
  const some: Stage[] = [];
  for (const stage of unsent) {
    if (speaker.admits?.(stage.topic) === false) continue;
    some.push(stage);
    if (some.length >= most) break;
  }
  return some;
}

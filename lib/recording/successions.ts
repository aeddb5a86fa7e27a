import { askedOf, inCommon } from './asked.js';
import type { RecordedEvent, RecordedSocket, Recording } from './format.js';
import { placeOf } from './recipients.js';

/** When a socket of a recording was heard. */
export interface Span {
  readonly openedAt: number;
  /** Its last frame. */
  readonly last: RecordedEvent;
  /** It was lost then: this one was opened in its place. */
  readonly before: string | undefined;
  /** The one in whose place it was opened. */
  readonly after: string | undefined;
}

/**
 * When the sockets of a recording were heard, by name, without those that never were. A recording does not tell when a socket
 * was closed. One that is silent from some moment on, while another is opened at its address, was lost: its client connected
 * again. Each stands in for one: of several that went silent before, for the one on which the most of the same was asked for.
 */
export function successionsOf({ header, events }: Recording): ReadonlyMap<string, Span> {
  const last = new Map<string, RecordedEvent>();
  for (const event of events) if (event.kind === 'frame') last.set(event.socket, event);
  const asked = new Map(header.sockets.map((one) => [one, askedOf(one)]));
  const succeeded = new Map<RecordedSocket, RecordedSocket>();
  for (const later of [...header.sockets].sort((a, b) => a.openedAt - b.openedAt)) {
    const silent = header.sockets.filter(
      (one) =>
        one !== later &&
        !succeeded.has(one) &&
        placeOf(one) === placeOf(later) &&
        (last.get(one.socket)?.at ?? Infinity) < later.openedAt,
    );
    const alike = (one: RecordedSocket): number => inCommon(asked.get(one) ?? new Set(), asked.get(later) ?? new Set());
    const [before] = silent.sort((a, b) => alike(b) - alike(a));
    if (before !== undefined) succeeded.set(before, later);
  }
  const afterOf = (socket: RecordedSocket): string | undefined =>
    [...succeeded].find(([, later]) => later === socket)?.[0].socket;
  return new Map(
    header.sockets.flatMap((one) => {
      const event = last.get(one.socket);
      if (event === undefined) return [];
      const { socket, openedAt } = one;
      return [[socket, { openedAt, last: event, before: succeeded.get(one)?.socket, after: afterOf(one) }]];
    }),
  );
}

import { type Observable, filter, fromEvent, merge } from 'rxjs';

/**
 * Emits when the page we run in is online again, or looked at again; listens only while subscribed to. There is no page in
 * Node and in workers.
 */
export function pageWake(): Observable<unknown> | undefined {
  if (typeof document === 'undefined') return undefined;
  const seen$ = fromEvent(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'visible'));
  return merge(fromEvent(globalThis, 'online'), seen$);
}

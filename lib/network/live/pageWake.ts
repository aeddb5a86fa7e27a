import { type Observable, filter, fromEvent, merge } from 'rxjs';

/** What of a page is listened to. */
interface Page extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly document: EventTarget & { readonly visibilityState: string };
}

/**
 * Emits when the page we run in is online again, or looked at again; listens only while subscribed to. There is no page in
 * Node and in workers.
 */
export function pageWake(page: object = globalThis): Observable<unknown> | undefined {
  if (!isPage(page)) return undefined;
  const { document } = page;
  const seen$ = fromEvent(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'visible'));
  return merge(fromEvent(page, 'online'), seen$);
}

const isPage = (scope: object): scope is Page => 'document' in scope;

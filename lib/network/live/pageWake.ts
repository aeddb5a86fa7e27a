import { type Observable, filter, fromEvent, merge } from 'rxjs';

/** What of a page is listened to. */
export interface Page {
  readonly addEventListener: EventTarget['addEventListener'];
  readonly removeEventListener: EventTarget['removeEventListener'];
  readonly document: EventTarget & { readonly visibilityState: string };
}

/** Emits when the page is online again, or looked at again. Listens only while subscribed to. */
export function pageWake(page: Page): Observable<unknown> {
  return merge(
    fromEvent(page, 'online'),
    fromEvent(page.document, 'visibilitychange').pipe(filter(() => page.document.visibilityState === 'visible')),
  );
}

/** The page we run in. None in Node and in workers. */
export function currentPage(scope: object = globalThis): Page | undefined {
  return isPage(scope) ? scope : undefined;
}

function isPage(scope: object): scope is Page {
  return 'document' in scope && 'addEventListener' in scope;
}

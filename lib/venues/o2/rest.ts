import type { Decoder } from 'io-ts';
import { type Observable, catchError, map, of, throwError } from 'rxjs';
import { isRefusedWith } from '../../feed/isPage.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';

/** The venue's REST reads. Paths and parameters: `api.ts` of o2-exchange/sdks 0.2.0. No key is needed. */
export class Rest {
  constructor(
    private readonly url: string,
    private readonly requests: Requests,
  ) {}

  /** @throws (on the stream) RequestFailedError for whatever is no answer of this shape. */
  get<A>(path: string, query: Readonly<Record<string, string>>, codec: Decoder<unknown, A>): Observable<A> {
    const search = new URLSearchParams(query).toString();
    const url = `${this.url}${path}${search === '' ? '' : `?${search}`}`;
    return this.requests.send({ method: 'GET', url }).pipe(map((answer) => readAnswer(codec, answer)));
  }
}

/** Nothing, where the venue does not know what was asked about. */
export const noneIfUnknown = <A>(answer$: Observable<readonly A[]>): Observable<readonly A[]> =>
  answer$.pipe(catchError((error: unknown) => (isRefusedWith(error, 400, 404) ? of([]) : throwError(() => error))));

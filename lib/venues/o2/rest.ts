import type { Decoder } from 'io-ts';
import { type Observable, map } from 'rxjs';
import { parseLossless } from '../../codec/losslessJson.js';
import { pathOf } from '../../codec/path.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
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
    return this.requests.send({ method: 'GET', url }).pipe(
      map(({ body }) => {
        const result = codec.decode(parsed(body));
        if (result._tag === 'Right') return result.right;
        throw new RequestFailedError(`an answer that can't be read: ${pathOf(result.left)}`);
      }),
    );
  }
}

function parsed(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

import type * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { readAnswer } from '../../feed/readAnswer.js';
import type { VenueBase } from '../../feed/venueBase.js';

/** What a question of the info endpoint weighs ("Rate limits"); one for candles weighs one more for each 60 of them. */
const WEIGHT = 20;

/** Asks the info endpoint. */
export const requestInfo = <A>(
  { requests }: Pick<VenueBase, 'requests'>,
  restUrl: string,
  question: object,
  codec: t.Decoder<unknown, A>,
  more = 0,
): Observable<A> =>
  requests
    .send(
      {
        method: 'POST',
        url: `${restUrl}/info`,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(question),
      },
      [WEIGHT + more],
    )
    .pipe(map((answer) => readAnswer(codec, answer)));

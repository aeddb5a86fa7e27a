import { type Observable, of, throwError } from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import { withToken } from '../../lib/feed/withToken.js';
import type { HttpResponse } from '../../lib/network/network.js';

/** Tokens `t1`, `t2`, …, each good until it is refused, and a venue that takes those named. */
function rig(good: readonly string[], status = 401) {
  const sent: string[] = [];
  const refused: string[] = [];
  let outcome: unknown;
  const tokens = {
    get: (): Observable<string> => of(`t${String(refused.length + 1)}`),
    refuse: (token: string): void => void refused.push(token),
  };
  const send = (token: string): Observable<HttpResponse> => {
    sent.push(token);
    return good.includes(token)
      ? of({ status: 200, headers: {}, body: `hello ${token}` })
      : throwError(() => new RequestFailedError(`who is ${token}?`, status, 7));
  };
  return {
    sent,
    refused,
    tokens,
    send,
    run: (refusals?: readonly number[]): unknown => {
      withToken(tokens, send, refusals).subscribe({
        next: ({ body }) => (outcome = body),
        error: (error: unknown) => (outcome = error),
      });
      return outcome;
    },
  };
}

describe('a request with a token', () => {
  it('is sent with the present one', () => {
    const { sent, refused, run } = rig(['t1']);

    expect(run()).toBe('hello t1');
    expect([sent, refused]).toEqual([['t1'], []]);
  });

  it('is sent once more where its token is refused, with a new one', () => {
    const { sent, refused, run } = rig(['t2']);

    expect(run()).toBe('hello t2');
    expect([sent, refused]).toEqual([['t1', 't2'], ['t1']]);
  });

  it('fails where the new one fares no better, which is not its fault', () => {
    const { sent, refused, run } = rig([]);

    expect(run()).toMatchObject({ name: 'RequestFailedError', status: 401, retryAfter: 7, text: 'who is …?' });
    expect([sent, refused]).toEqual([['t1', 't2'], ['t1']]);
  });

  it.each([
    [403, undefined, 1],
    [403, [401, 403], 2],
    [500, [401, 403], 1],
  ])('that fails with status %p, where %p refuse tokens, is sent %p times', (status, refusals, times) => {
    const { sent, run } = rig([], status);

    expect(String(run(refusals))).toBe(`RequestFailedError: request failed with status ${String(status)}: who is …?`);
    expect(sent).toHaveLength(times);
  });

  it('hands on whatever else goes wrong', () => {
    const { tokens } = rig([]);
    const lost = new WireLostError('auth', 'no token');
    const errors: unknown[] = [];
    const catchIt = { error: (error: unknown): void => void errors.push(error) };
    withToken({ ...tokens, get: () => throwError(() => lost) }, () => of()).subscribe(catchIt);
    withToken(tokens, () => throwError(() => lost)).subscribe(catchIt);

    expect(errors).toEqual([lost, lost]);
  });
});

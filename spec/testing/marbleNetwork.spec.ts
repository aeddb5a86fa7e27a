import {
  catchError,
  defer,
  EMPTY,
  finalize,
  map,
  merge,
  of,
  retry,
  switchMap,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Network } from '../../lib/network/network.js';
import { response } from '../../lib/testing/fakeRequest.js';
import { marbleNetwork } from '../../lib/testing/marbleNetwork.js';
import { marbles } from '../../lib/testing/marbles.js';

const url = 'wss://venue.test/ws';
const messages = (network: Network): Observable<string> =>
  network.open({ url }).pipe(switchMap((wire) => wire.messages));

describe('marbleNetwork', () => {
  it(
    'plays a wire from the moment it is asked for',
    marbles((helpers) => {
      const network = marbleNetwork(helpers, { wires: '--o-a--b-~c', values: { a: { x: 1 }, b: 'text' } });

      helpers.expectObservable(messages(network)).toBe('----a--b--c', { a: '{"x":1}', b: 'text', c: 'c' });
      helpers.expectObservable(timer(3).pipe(switchMap(() => messages(network)))).toBe('-------a--b--c', {
        a: '{"x":1}',
        b: 'text',
        c: 'c',
      });
      network.expectOpened('o--o');
      network.expectSent('', {});
      network.expectClosed('');
    }),
  );

  it(
    'takes the next script for each wire, and refuses one without a script',
    marbles((helpers) => {
      const network = marbleNetwork(helpers, { wires: ['-oa#', { marbles: '-o-b|', values: { b: 'B' } }] });
      const lost: unknown[] = [];
      const strategy = messages(network).pipe(
        retry({
          count: 2,
          delay: (error: unknown) => {
            lost.push(error);
            return timer(10);
          },
        }),
      );

      helpers
        .expectObservable(strategy)
        .toBe('--a 13ms B 10ms #', { a: 'a', B: 'B' }, new WireLostError('failed', 'no marbles for wire 2'));
      network.expectOpened('o 12ms p 13ms q', { o: url, p: url, q: url });
      network.expectClosed('');
      helpers.flush();
      expect(lost).toEqual([
        new WireLostError('failed', 'lost', 1006),
        new WireLostError('closed', 'closed by the venue', 1000),
      ]);
    }),
  );

  it(
    'loses a wire with the error that is told, also before it opened',
    marbles((helpers) => {
      const lost = new WireLostError('handshake', 'refused', 403);
      const network = marbleNetwork(helpers, { wires: { marbles: '---#', lost } });

      helpers.expectObservable(network.open({ url })).toBe('---#', {}, lost);
    }),
  );

  it(
    'shows what is sent when, and on which wire',
    marbles((helpers) => {
      const network = marbleNetwork(helpers, { wires: ['-o', '---o'] });
      const talk = network.open({ url }).pipe(
        tap((wire) => {
          wire.send('{"op":"sub","id":1}');
          wire.send('ping');
        }),
        switchMap((wire) => timer(4).pipe(tap(() => wire.send('{"id":2,"op":"unsub"}')))),
        map(() => 'x'),
      );

      helpers.expectObservable(merge(talk, talk)).toBe('-----x-x');
      const values = { a: { op: 'sub', id: 1 }, b: 'ping', c: { op: 'unsub', id: 2 } };
      network.expectSent('-(ab) c', values, 0);
      network.expectSent('---(ab)c', values, 1);
    }),
  );

  it(
    'shows how the client closes, and that unsubscribing leaves no wire behind',
    marbles((helpers) => {
      const network = marbleNetwork(helpers, { wires: ['--o--a', '-----o'] });
      const closing = network.open({ url }).pipe(
        switchMap((wire) =>
          timer(2).pipe(
            tap(() => {
              wire.close(4000);
            }),
          ),
        ),
      );

      helpers.expectObservable(closing).toBe('----(a|)', { a: 0 });
      helpers.expectObservable(network.open({ url }), '^--!').toBe('');
      network.expectClosed('---bc', { b: 1000, c: 4000 });
    }),
  );

  it(
    'replies to what is sent, after it was sent',
    marbles((helpers) => {
      const network = marbleNetwork(helpers, {
        wires: '-o',
        reply: (message) =>
          typeof message === 'object' && message !== null && 'id' in message ? [{ result: null, id: message.id }] : [],
      });
      const heard = network.open({ url }).pipe(
        switchMap((wire) => {
          let sending = true;
          return merge(
            wire.messages.pipe(map((text) => [text, sending])),
            defer(() => {
              wire.send('{"id":7}');
              wire.send('no json');
              sending = false;
              return EMPTY;
            }),
          );
        }),
      );

      helpers.expectObservable(heard).toBe('-a', { a: ['{"result":null,"id":7}', false] });
    }),
  );

  it(
    'answers requests with marbles, with observables, or not at all',
    marbles((helpers) => {
      const limited = response('slow down', { status: 429 });
      const network = marbleNetwork(helpers, {
        values: { s: { lastUpdateId: 5 }, l: limited },
        respond: ({ url: asked }) =>
          asked === '/a' ? '--s' : asked === '/b' ? 'l' : asked === '/c' ? '-#' : asked === '/d' ? of('text') : EMPTY,
      });
      const ask = (path: string) =>
        network.request({ method: 'GET', url: path }).pipe(
          map(({ status, body }) => [status, body]),
          catchError((error: unknown) => of(error instanceof RequestFailedError ? error.message : error)),
        );

      helpers.expectObservable(ask('/a')).toBe('--(s|)', { s: [200, '{"lastUpdateId":5}'] });
      helpers.expectObservable(ask('/b')).toBe('(l|)', { l: [429, 'slow down'] });
      helpers.expectObservable(ask('/c')).toBe('-(e|)', { e: 'request failed: no answer' });
      helpers.expectObservable(ask('/d')).toBe('(t|)', { t: [200, 'text'] });
      helpers.expectObservable(ask('/e')).toBe('(e|)', { e: 'request failed: no answer' });
      network.expectRequested('(abcde)', { a: 'GET /a', b: 'GET /b', c: 'GET /c', d: 'GET /d', e: 'GET /e' });
    }),
  );

  it(
    'aborts a request that nobody waits for',
    marbles((helpers) => {
      const answer = helpers.cold('-----s');
      const network = marbleNetwork(helpers, { respond: () => answer });
      let gone = false;

      helpers
        .expectObservable(network.request({ method: 'GET', url: '/' }).pipe(finalize(() => (gone = true))), '^--!')
        .toBe('');
      helpers.expectSubscriptions(answer.subscriptions).toBe('^--!');
      helpers.flush();
      expect([gone, network.requests[0]?.status]).toEqual([true, 'aborted']);
    }),
  );

  it('fails a request when nothing was said about it', () => {
    marbles((helpers) => {
      helpers
        .expectObservable(marbleNetwork(helpers).request({ method: 'GET', url: '/x' }))
        .toBe('#', {}, new RequestFailedError('no marbles for GET /x'));
    })();
  });

  it('makes a test fail whose expectations are not met', () => {
    const test = (expectation: (network: ReturnType<typeof marbleNetwork>) => void): (() => void) =>
      marbles((helpers) => {
        const network = marbleNetwork(helpers, { wires: '-o' });
        helpers
          .expectObservable(
            network.open({ url }).pipe(
              map((wire) => {
                wire.send('hello');
                return 'x';
              }),
            ),
          )
          .toBe('-x');
        expectation(network);
      });

    expect(
      test((network) => {
        network.expectSent('-s', { s: 'hello' });
      }),
    ).not.toThrow();
    expect(
      test((network) => {
        network.expectSent('--s', { s: 'hello' });
      }),
    ).toThrow('- 2 ms  "hello"');
    expect(
      test((network) => {
        network.expectSent('-s', { s: 'hi' });
      }),
    ).toThrow('+ 1 ms  "hello"');
    expect(
      test((network) => {
        network.expectOpened('-o');
      }),
    ).toThrow();
    expect(
      test((network) => {
        network.expectClosed('--c');
      }),
    ).toThrow();
    expect(
      test((network) => {
        network.expectRequested('r');
      }),
    ).toThrow();
  });
});

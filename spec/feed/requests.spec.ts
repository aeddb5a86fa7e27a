import { Observable, of } from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { BudgetedRequests } from '../../lib/feed/requests.js';
import type { BudgetLimits } from '../../lib/network/budget.js';
import type { HttpRequest, HttpResponse, Network } from '../../lib/network/network.js';
import { bannedFor } from '../../lib/venues/binance/bans.js';
import { Clock, Seen } from '../support/fakeVenue.js';

const get = (url: string): HttpRequest => ({ method: 'GET', url: `https://venue.example${url}` });
const pathOf = (url: string): string => url.replace('https://venue.example', '');
const ASKED = { asked: 'GET https://venue.example/bad' };
const ok: HttpResponse = { status: 200, headers: {}, body: 'fine' };

const start = (limits: readonly BudgetLimits[], answer: (url: string) => HttpResponse = () => ok) => {
  const clock = new Clock();
  const log: string[] = [];
  const network: Network = {
    open: () => new Observable(),
    request: ({ url }) =>
      new Observable((subscriber) => {
        log.push(`${pathOf(url)} ${clock.now()}`);
        subscriber.add(
          clock.schedule(() => {
            subscriber.next(answer(pathOf(url)));
            subscriber.complete();
          }, 10),
        );
        subscriber.add(() => {
          if (!subscriber.closed) return;
          log.push(`end ${pathOf(url)}`);
        });
      }),
  };
  return { clock, log, requests: new BudgetedRequests({ network, limits, scheduler: clock }) };
};
const sent = (log: readonly string[]): readonly string[] => log.filter((line) => !line.startsWith('end'));

describe('Requests', () => {
  it('hands on what was answered with 2xx', () => {
    const { clock, requests } = start([]);
    const seen = new Seen(requests.send(get('/a')));
    clock.advance(10);

    expect(seen.values).toEqual([ok]);
    expect(seen.end).toBe('complete');
  });

  it('sends within its allowances, each by its own weight', () => {
    const { clock, log, requests } = start([
      { limit: 20, window: 1_000 },
      { limit: 2, window: 300 },
    ]);
    for (let i = 0; i < 6; i += 1) new Seen(requests.send(get(`/${i}`), [10]));
    clock.advance(10_000);

    expect(sent(log)).toEqual(['/0 0', '/1 0', '/2 1000', '/3 1000', '/4 2000', '/5 2000']);
  });

  it('has a thousand books ask no faster than the venue takes', () => {
    const { clock, log, requests } = start([{ limit: 20, window: 1_000 }]);
    const seen = Array.from({ length: 1_000 }, (_, i) => new Seen(requests.send(get(`/${i}`))));
    clock.advance(49_010);

    const times = sent(log).map((line) => Number(line.split(' ')[1]));
    expect(times).toHaveLength(1_000);
    times.forEach((at, i) => expect(at - (times[i - 20] ?? -Infinity)).toBeGreaterThanOrEqual(1_000));
    expect(seen.every(({ end }) => end === 'complete')).toBe(true);
    expect(clock.timers).toBe(0);
  });

  it.each([
    ['Retry-After: 7', 429, { 'retry-after': '7' }, 7_000],
    ['no Retry-After', 429, {}, 60_000],
    ['a ban', 418, { 'retry-after': '120' }, 120_000],
    [
      'a date by the clock of the answer',
      429,
      { 'retry-after': 'Fri, 20 Nov 2026 10:00:07 GMT', date: 'Fri, 20 Nov 2026 10:00:00 GMT' },
      7_000,
    ],
    [
      'a date that is over',
      429,
      { 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT', date: 'Fri, 20 Nov 2026 10:00:01 GMT' },
      60_000,
    ],
  ])('sends nothing for a while after %s', (_, status, headers, pause) => {
    const { clock, log, requests } = start([{ limit: 100, window: 1_000 }], (url) =>
      url === '/bad' ? { status, headers, body: 'too many' } : ok,
    );
    const bad = new Seen(requests.send(get('/bad')));
    clock.advance(10);

    new Seen(requests.send(get('/next')));
    clock.advance(1_000_000);

    expect(bad.end).toEqual({ error: new RequestFailedError('too many', status, undefined, ASKED) });
    expect(bad.end).toMatchObject({ error: { status, retryAfter: pause } });
    expect(sent(log)).toEqual(['/bad 0', `/next ${pause + 10}`]);
  });

  it('sends nothing for as long as the body of a ban says, where no header can be read', () => {
    const clock = new Clock();
    const body = '{"code":-1003,"msg":"Way too much request weight used; IP banned until 1659146400000."}';
    const network: Network = {
      open: () => new Observable(),
      request: ({ url }) => of(url.endsWith('/bad') ? { status: 418, headers: {}, body } : ok),
    };
    clock.advance(1_659_146_100_000);
    const requests = new BudgetedRequests({ network, limits: [], scheduler: clock, refusalIn: bannedFor });
    const bad = new Seen(requests.send(get('/bad')));
    const next = new Seen(requests.send(get('/next')));
    clock.advance(299_999);
    expect(bad.end).toMatchObject({ error: { status: 418, retryAfter: 300_000 } });
    expect(next.values).toEqual([]);
    clock.advance(1);
    expect(next.values).toEqual([ok]);
  });

  it.each([
    ['Retry-After, whatever clock the body is read by', { 'retry-after': '20' }, 20_000],
    ["the venue's own clock, where the answer tells it", { date: 'Sat, 30 Jul 2022 01:55:00 GMT' }, 300_000],
    ['the clock that there is', {}, 300_000 + 14_400_000],
    ['that, too, where the header is no time', { date: 'soon', 'retry-after': 'soon' }, 300_000 + 14_400_000],
  ])('goes by %s, where a ban ends at a moment and our clock is four hours behind', (_by, headers, pause) => {
    const clock = new Clock();
    const body = 'IP banned until 1659146400000.';
    const network: Network = { open: () => new Observable(), request: () => of({ status: 418, headers, body }) };
    clock.advance(1_659_146_100_000 - 14_400_000);
    const requests = new BudgetedRequests({ network, limits: [], scheduler: clock, refusalIn: bannedFor });

    expect(new Seen(requests.send(get('/bad'))).end).toMatchObject({ error: { status: 418, retryAfter: pause } });
  });

  it.each([
    [200, '<!DOCTYPE html><title>Maintenance</title>'],
    [200, 'Error: Failed'],
    [502, '<html>Bad gateway</html>'],
  ])('tells status, address and beginning of a %d that says %s', (status, body) => {
    const { clock, requests } = start([], () => ({ status, headers: {}, body }));
    const secret = 'of-nobody-elses';
    const bad = new Seen(requests.send({ ...get(`/bad?token=${secret}`), headers: { 'x-key': secret } }));
    clock.advance(10);
    expect(bad.end).toEqual({ error: new RequestFailedError(body, status, undefined, ASKED) });
    expect((bad.end as { readonly error: Error }).error.message).toBe(
      `request failed with status ${status} (GET https://venue.example/bad): ${body}`,
    );
  });

  it('blots out what a venue repeats of the secrets of a request', () => {
    const secret = 'a/b+c d"e=secret';
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret), btoa(secret).replace(/=+$/, '')];
    const { clock, requests } = start([], () => ({ status: 400, headers: {}, body: forms.join(' | ') }));
    const bad = new Seen(requests.send({ ...get('/bad'), headers: { 'x-key': secret } }));
    clock.advance(10);
    expect(bad.end).toMatchObject({ error: { text: '… | … | "…" | …' } });
  });

  it('sends nothing for a while without any allowance too', () => {
    const { clock, log, requests } = start([], (url) => (url === '/bad' ? { ...ok, status: 429 } : ok));
    new Seen(requests.send(get('/bad')));
    clock.advance(10);
    new Seen(requests.send(get('/next')));
    clock.advance(1_000_000);

    expect(sent(log)).toEqual(['/bad 0', '/next 60010']);
  });

  it.each([400, 404, 500, 503])('errors with status %i and the beginning of what was said, and goes on', (status) => {
    const { clock, log, requests } = start([{ limit: 100, window: 1_000 }], (url) =>
      url === '/bad' ? { status, headers: {}, body: 'x'.repeat(1_000) } : ok,
    );
    const bad = new Seen(requests.send(get('/bad')));
    const next = new Seen(requests.send(get('/next')));
    clock.advance(10);

    expect(bad.end).toEqual({ error: new RequestFailedError('x'.repeat(200), status, undefined, ASKED) });
    expect(next.values).toEqual([ok]);
    expect(sent(log)).toEqual(['/bad 0', '/next 0']);
  });

  it('passes on how long a venue that is down wants to be left alone', () => {
    const { clock, requests } = start([], () => ({ status: 503, headers: { 'retry-after': '3' }, body: '' }));
    const seen = new Seen(requests.send(get('/a')));
    clock.advance(10);

    expect(seen.end).toMatchObject({ error: { status: 503, retryAfter: 3_000 } });
  });

  it('aborts with its observer, waiting or under way', () => {
    const { clock, log, requests } = start([{ limit: 1, window: 1_000 }]);
    const under = new Seen(requests.send(get('/under-way')));
    const waiting = new Seen(requests.send(get('/waiting')));
    clock.advance(5);
    waiting.leave();
    under.leave();
    clock.advance(10_000);

    expect(log).toEqual(['/under-way 0', 'end /under-way']);
    expect(clock.timers).toBe(0);
  });
});

describe('a request that is never answered', () => {
  const mute = (more: Partial<Network>, place: number) => {
    const clock = new Clock();
    let aborted = 0;
    const network: Network = {
      open: () => new Observable(),
      request: () => new Observable(() => () => (aborted += 1)),
      ...more,
    };
    const requests = new BudgetedRequests({
      network,
      limits: [{ limit: 1, window: 20_000, concurrent: place }],
      scheduler: clock,
    });
    return { clock, requests, aborted: () => aborted };
  };

  it.each([
    [{}, 30_000],
    [{ answersWithin: 90_000 }, 90_000],
  ])('fails after as long as its network may take, counted from its sending: %j', (more, bound) => {
    const { clock, requests, aborted } = mute(more, Infinity);
    const seen = [new Seen(requests.send(get('/a?signature=secret'))), new Seen(requests.send(get('/b')))];
    clock.advance(bound - 1);
    clock.adjust(3_600_000);
    expect(seen[0]?.end).toBeUndefined();
    clock.advance(1);

    const message = `GET https://venue.example/a: no answer within ${String(bound)} ms`;
    expect(seen[0]?.end).toMatchObject({ error: { text: message, status: undefined } });
    expect(seen[0]?.end).toEqual({ error: expect.any(RequestFailedError) as unknown });
    expect(aborted()).toBe(1);
    expect(seen[1]?.end).toBeUndefined();
    clock.advance(20_000);
    expect(seen[1]?.end).toMatchObject({ error: { status: undefined } });
    expect(clock.timers).toBe(0);
  });

  it('leaves its place to others', () => {
    const { clock, requests } = mute({}, 1);
    const seen = [new Seen(requests.send(get('/a'))), new Seen(requests.send(get('/b')))];
    clock.advance(60_000);

    expect(seen.every(({ end }) => end !== undefined)).toBe(true);
  });

  it('is waited for where the network says so', () => {
    const { clock, requests } = mute({ answersWithin: Infinity }, 1);
    const seen = new Seen(requests.send(get('/a')));
    clock.advance(10 * 86_400_000);

    expect(seen.end).toBeUndefined();
    seen.leave();
    expect(clock.timers).toBe(0);
  });
});

describe('how long the venue asks us to stay away', () => {
  it.each([
    ['2', 429, 2_000],
    ['0.5', 429, 500],
    ['0', 429, 0],
    ['soon', 429, 60_000],
    ['Infinity', 429, 60_000],
    // By our clock, 10 ms after the beginning of 1970.
    ['Thu, 01 Jan 1970 00:05:00 GMT', 429, 299_990],
    ['Thu, 01 Jan 1970 00:05:00 GMT', 503, 299_990],
    [undefined, 418, 60_000],
    ['3', 503, 3_000],
    ['soon', 503, undefined],
    [undefined, 503, undefined],
  ])('of %s with %d', (header, status, expected) => {
    const headers = header === undefined ? {} : { 'retry-after': header };
    const { clock, requests } = start([], () => ({ status, headers, body: '' }));
    const seen = new Seen(requests.send(get('/a')));
    clock.advance(10);

    expect(seen.end).toEqual({ error: expect.any(RequestFailedError) as unknown });
    expect(seen.end).toMatchObject({ error: { status, retryAfter: expected } });
  });
});

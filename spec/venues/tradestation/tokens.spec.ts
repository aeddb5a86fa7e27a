import { NEVER, type ObservableInput, Subject, VirtualTimeScheduler, of, throwError } from 'rxjs';
import { RequestFailedError } from '../../../lib/errors/requestFailedError.js';
import { Credentials } from '../../../lib/feed/credentials.js';
import type { HttpResponse } from '../../../lib/network/network.js';
import { tokensBy } from '../../../lib/venues/tradestation/session/tokens.js';
import { answered, rig } from './rig.js';

/** A token service that replaces refresh tokens and takes no older one; the test says when it answers. */
function service(store?: (refreshToken: string) => ObservableInput<unknown>) {
  const scheduler = new VirtualTimeScheduler();
  const used: string[] = [];
  const answers: Subject<HttpResponse>[] = [];
  const faults: string[] = [];
  const ends: string[] = [];
  let now = 0;
  const login = { clientId: 'me', refreshToken: 'RT0', ...(store && { store }) };
  const send = ({ body = '' }: { readonly body?: string | undefined }) => {
    used.push(new URLSearchParams(body).get('refresh_token') ?? '');
    const answer = new Subject<HttpResponse>();
    answers.push(answer);
    return answer;
  };
  const credentials = new Credentials<string>({
    name: 'token',
    obtain: tokensBy(login, { send }, scheduler),
    renewAhead: 300_000,
    scheduler,
    random: () => 0.5,
    report: ({ message }) => faults.push(message),
  });
  return {
    used,
    faults,
    ends,
    /** Answers request number `index` with access token and refresh token of that number. */
    answer: (index: number, refreshToken: string | undefined = `RT${index + 1}`) => {
      const given = { access_token: `AT${index + 1}`, expires_in: 1_200, refresh_token: refreshToken };
      answers[index]?.next(answered(given));
      answers[index]?.complete();
    },
    refuse: (index: number) => answers[index]?.error(new RequestFailedError('{"error":"invalid_grant"}', 403)),
    ask: () => {
      const values: string[] = [];
      const subscription = credentials.get().subscribe({
        next: (value) => values.push(value),
        error: (error: unknown) => ends.push(String(error)),
      });
      return { values, leave: () => subscription.unsubscribe() };
    },
    keep: () => {
      const values: string[] = [];
      credentials.kept$.subscribe({
        next: (value) => values.push(value),
        error: (error: unknown) => ends.push(String(error)),
      });
      return values;
    },
    pass: (ms: number) => {
      now += ms;
      scheduler.schedule(() => undefined, ms);
      scheduler.maxFrames = now;
      scheduler.flush();
    },
  };
}

it.each([
  ['has no lifetime', { access_token: 'A' }, true],
  ['has a lifetime of null', { access_token: 'A', expires_in: null }, true],
  ['has a lifetime that is no number', { access_token: 'A', expires_in: 'soon' }, true],
  ['has a lifetime as text', { access_token: 'A', expires_in: '1200' }, true],
  ['is over at once', { access_token: 'A', expires_in: 0 }, false],
  ['has no access token', { access_token: null, expires_in: 1_200 }, false],
  ['has nothing else', {}, false],
])('a refresh token is not lost with an answer that %s', (_, fields, isUsed) => {
  let good = 'RT0';
  let answers = 0;
  const { exchange, hear, pass, streams } = rig({
    login: { clientId: 'me', refreshToken: 'RT0' },
    answer: ({ body = '' }) => {
      if (new URLSearchParams(body).get('refresh_token') !== good) return answered({ error: 'invalid_grant' }, 403);
      answers += 1;
      good = `RT${answers}`;
      const given = answers === 1 ? fields : { access_token: `A${answers}`, expires_in: 1_200 };
      return answered({ ...given, refresh_token: good });
    },
  });
  const { ends } = hear(exchange.book('AAPL'));
  pass(1_000);
  expect(streams.map(({ token }) => token)).toEqual(isUsed ? ['A'] : []);
  pass(1_400_000);
  expect([ends, answers > 1]).toEqual([[], true]);
});

describe('a store that fails', () => {
  it('is called again with the newer token, told each time; the older is used no more, and what came beside it is given', () => {
    const stored: string[] = [];
    let isDown = true;
    const { ask, answer, pass, used, faults } = service((token) => {
      stored.push(token);
      return isDown ? throwError(() => new Error('disk full of RT1')) : of(true);
    });
    expect(ask().values).toEqual([]);
    answer(0);
    pass(10_000);
    ask();
    pass(20_000);
    ask();
    isDown = false;
    pass(60_000);

    expect(ask().values).toEqual(['AT1']);
    expect(used).toEqual(['RT0']);
    expect(stored).toEqual(['RT1', 'RT1', 'RT1', 'RT1']);
    expect(faults).toEqual(Array(3).fill('the token could not be had: NotStoredError'));
  });

  it('for longer than the access token lives: the newer one is stored, then asked with', () => {
    let isDown = true;
    const { ask, answer, pass, used } = service(() => (isDown ? throwError(() => new Error('down')) : of(true)));
    ask();
    answer(0);
    pass(1_300_000);
    ask();
    expect(used).toEqual(['RT0']);
    isDown = false;
    pass(60_000);
    const { values } = ask();
    expect(used).toEqual(['RT0', 'RT1']);
    answer(1);
    expect(values).toEqual(['AT2']);
  });

  it('while tokens are kept: it is tried again until the present one runs out, and nothing ends', () => {
    let isDown = false;
    const { keep, answer, pass, used, ends, faults } = service(() =>
      isDown ? throwError(() => new Error('down')) : of(true),
    );
    const values = keep();
    answer(0);
    isDown = true;
    pass(900_000);
    answer(1);
    pass(120_000);
    expect([values, faults.length > 2, faults.length < 8]).toEqual([['AT1'], true, true]);
    isDown = false;
    pass(60_000);
    expect([values, used, ends]).toEqual([['AT1', 'AT2'], ['RT0', 'RT1'], []]);
  });

  it.each([401, 403])('by a request of its own that is refused with %d: it is no word of the venue', (status) => {
    const { ask, answer, ends } = service(() => throwError(() => new RequestFailedError('no vault', status)));
    ask();
    answer(0);
    expect(ends).toEqual([expect.stringContaining('WireLostError')]);
  });

  it('by never completing: it is called again', () => {
    const stored: string[] = [];
    const { ask, answer, pass, used } = service((token) => {
      stored.push(token);
      return stored.length === 1 ? NEVER : of(true);
    });
    ask();
    answer(0);
    pass(60_000);
    expect(ask().values).toEqual(['AT1']);
    expect([stored, used]).toEqual([['RT1', 'RT1'], ['RT0']]);
  });
});

describe('an answer that nobody waits for', () => {
  it('when its observers have left is stored, and the older token is used no more', () => {
    const stored: string[] = [];
    const { ask, answer, used } = service((token) => of(stored.push(token)));
    ask().leave();
    answer(0);
    expect(stored).toEqual(['RT1']);
    const { values } = ask();
    answer(1);
    expect([used, values]).toEqual([['RT0', 'RT1'], ['AT2']]);
  });

  it('is joined by who comes back', () => {
    const { ask, answer, used } = service();
    ask().leave();
    const { values } = ask();
    answer(0);
    expect([used, values]).toEqual([['RT0'], ['AT1']]);
  });

  it('when it is late: what it holds is asked with next', () => {
    const { ask, answer, pass, used } = service();
    ask();
    pass(9_000);
    answer(0);
    pass(10_000);
    ask();
    expect(used).toEqual(['RT0', 'RT1']);
  });

  it('when it was overtaken changes nothing, and a refusal of the token that was replaced meanwhile is none for good', () => {
    const { ask, answer, refuse, pass, used, ends } = service();
    ask();
    pass(20_000);
    ask();
    pass(20_000);
    ask();
    answer(1);
    refuse(2);
    answer(0);
    pass(60_000);
    ask();
    expect(used).toEqual(['RT0', 'RT0', 'RT0', 'RT2']);
    expect(ends.filter((end) => end.includes('AuthenticationRefusedError'))).toEqual([]);
  });
});

it('streams go on where the venue takes no token but the newest, and a store that failed for a while has kept it', () => {
  let good = 'RT0';
  let stored = '';
  let isDown = true;
  const { exchange, hear, pass, streams, faults } = rig({
    login: {
      clientId: 'me',
      refreshToken: 'RT0',
      store: (token) => {
        if (isDown) throw new Error('down');
        stored = token;
        return of(true);
      },
    },
    answer: ({ body = '' }) => {
      if (new URLSearchParams(body).get('refresh_token') !== good) return answered({ error: 'invalid_grant' }, 403);
      good = `RT${Number(good.slice(2)) + 1}`;
      return answered({ access_token: `AT of ${good}`, expires_in: 1_200, refresh_token: good });
    },
  });
  const { ends } = hear(exchange.book('AAPL'));
  pass(60_000);
  expect([streams.length, stored]).toEqual([0, '']);
  isDown = false;
  pass(70_000);
  expect([ends, streams.at(-1)?.token, stored, good]).toEqual([[], 'AT of RT1', 'RT1', 'RT1']);
  expect(faults.filter(({ type }) => type === 'credentials').length).toBeGreaterThan(2);
});

import { NEVER, VirtualTimeScheduler, map, throwError, timer, type Observable } from 'rxjs';
import { AuthenticationRefusedError } from '../../lib/errors/authenticationRefusedError.js';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { type Credential, Credentials, type CredentialsConfig } from '../../lib/feed/credentials.js';
import type { FaultNotice } from '../../lib/model/fault.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An issuer of tokens `t1`, `t2`, … that live so long; an answer takes 100 ms. */
function rig(config: Partial<CredentialsConfig<string>> = {}, life = 15 * MINUTE) {
  const scheduler = new VirtualTimeScheduler();
  const log: string[] = [];
  const faults: (FaultNotice & { readonly at: number })[] = [];
  let issued = 0;
  /** How many more requests fail. */
  const failing: { times: number; status: number; retryAfter?: number } = { times: 0, status: 503 };
  const asked: number[] = [];
  const tell = (text: string): void => void log.push(`${scheduler.now()} ${text}`);
  const obtain = (): Observable<Credential<string>> => {
    asked.push(scheduler.now());
    if (failing.times > 0) {
      failing.times -= 1;
      return throwError(() => new RequestFailedError('the token is hunter2', failing.status, failing.retryAfter));
    }
    return timer(100, scheduler).pipe(map(() => ({ value: `t${(issued += 1)}`, expiresAt: scheduler.now() + life })));
  };
  const credentials = new Credentials<string>({
    name: 'token',
    obtain,
    scheduler,
    random: () => 0.5,
    report: (fault) => faults.push({ ...fault, at: scheduler.now() }),
    ...config,
  });
  const observe = (name: string, source: Observable<string>) =>
    source.subscribe({
      next: (value) => tell(`${name} ${value}`),
      error: (error: unknown) => tell(`${name} ${String(error)}`),
      complete: () => tell(`${name} complete`),
    });
  return {
    scheduler,
    credentials,
    log,
    faults,
    failing,
    asked,
    get: (name: string) => observe(name, credentials.get()),
    fresh: (name: string) => observe(name, credentials.fresh()),
    keep: (name: string) => observe(name, credentials.kept$),
    until: (time: number) => {
      scheduler.maxFrames = time;
      scheduler.flush();
      scheduler.frame = time;
    },
  };
}

describe('credentials', () => {
  it('are asked for once by all who need them at once, and kept for those who need them later', () => {
    const { asked, get, log, until } = rig();
    get('a');
    get('b');
    until(1_000);
    get('c');

    expect(asked).toEqual([0]);
    expect(log).toEqual(['100 a t1', '100 b t1', '100 a complete', '100 b complete', '1000 c t1', '1000 c complete']);
  });

  it('are asked for anew by who wants fresh ones, once by all at once, while those there were stay in use', () => {
    const { asked, fresh, get, keep, log, until } = rig();
    keep('k');
    until(1_000);
    fresh('a');
    fresh('b');
    get('c');
    until(2_000);

    expect(asked).toEqual([0, 1_000]);
    expect(log.filter((line) => !line.endsWith('complete'))).toEqual([
      ...['100 k t1', '1000 c t1', '1100 k t2', '1100 a t2', '1100 b t2'],
    ]);
  });

  it('that a page came for instead of an answer say so, and nothing of the page', () => {
    const { failing, get, faults, until } = rig();
    failing.times = 1;
    failing.status = 200;
    get('a');
    until(50);

    expect(faults).toMatchObject([
      { type: 'credentials', message: 'the token could not be had: the answer had status 200 and was no JSON' },
    ]);
  });

  it('that fresh ones can’t be had for stay as they are', () => {
    const { failing, fresh, get, keep, log, until } = rig();
    keep('k');
    until(1_000);
    failing.times = 1;
    fresh('a');
    get('b');

    expect(log).toEqual([
      ...['100 k t1', '1000 a WireLostError: wire lost (auth): the token could not be had: the answer had status 503'],
      ...['1000 b t1', '1000 b complete'],
    ]);
  });

  it('are not used for anything new shortly before they run out', () => {
    const { asked, get, log, until } = rig();
    get('a');
    until(14 * MINUTE);
    get('b');
    until(14 * MINUTE + 100);
    get('c');
    until(15 * MINUTE);

    expect(asked).toEqual([0, 14 * MINUTE + 100]);
    expect(log.filter((line) => !line.endsWith('complete'))).toEqual(['100 a t1', '840000 b t1', '840200 c t2']);
  });

  it('are renewed ahead of every end while somebody keeps them, once each, for a day', () => {
    const { asked, keep, log, until, scheduler } = rig();
    const subscriptions = [keep('a'), keep('b')];
    until(24 * HOUR);

    // Each lives a quarter of an hour and is renewed a minute before its end.
    expect(asked).toHaveLength(Math.ceil((24 * HOUR) / (14 * MINUTE + 100)));
    expect(asked.slice(1).every((at, i) => at - (asked[i] ?? 0) === 14 * MINUTE + 100)).toBe(true);
    expect(log.filter((line) => line.includes('a '))).toHaveLength(asked.length);
    for (const subscription of subscriptions) subscription.unsubscribe();
    expect(scheduler.actions).toEqual([]);
  });

  it('last until they run out when renewing fails, which is then told by its kind, and come back', () => {
    const { failing, faults, keep, log, until } = rig();
    const first = keep('a');
    until(MINUTE);
    failing.times = 5;
    until(15 * MINUTE + 100);
    first.unsubscribe();
    keep('b');
    until(17 * MINUTE);
    keep('c');
    until(18 * MINUTE);

    const at = faults.map((fault) => fault.at - 14 * MINUTE - 100);
    // Pauses of three quarters of 5, 10, 20 and 40 s.
    expect(at).toEqual([0, 3_750, 11_250, 26_250, 56_250]);
    expect(faults[4]).toMatchObject({ type: 'credentials', attempt: 5 });
    const trouble = 'the token could not be had: the answer had status 503';
    expect(faults.map(({ message }) => message)).toEqual([trouble, trouble, trouble, trouble, trouble]);
    expect(log).toEqual([
      '100 a t1',
      '900100 a WireLostError: wire lost (auth): the token has run out: the answer had status 503',
      '900100 b WireLostError: wire lost (auth): no token: the answer had status 503; asked for again in 41250 ms at the earliest',
      '1020100 c t2',
    ]);
    expect(JSON.stringify([log, faults])).not.toContain('hunter2');
  });

  it('are not asked for before the moment that whoever gives them names', () => {
    const { failing, until, asked, get, keep } = rig();
    Object.assign(failing, { times: 1, retryAfter: 120_000 });
    get('a');
    until(119_000);
    get('b');
    until(121_000);
    keep('c');
    until(122_000);
    expect(asked).toEqual([0, 121_000]);
  });

  it('are asked for anew when the venue refused them, and after a pause when it refuses new ones', () => {
    const { asked, credentials, get, log, until } = rig();
    get('a');
    until(2 * MINUTE);
    credentials.refuse('t1');
    credentials.refuse('another one');
    get('b');
    until(2 * MINUTE + 100);
    credentials.refuse('t2');
    get('c');
    until(3 * MINUTE);
    get('d');
    until(4 * MINUTE);

    expect(asked).toEqual([0, 2 * MINUTE, 3 * MINUTE]);
    expect(log.filter((line) => !line.endsWith('complete')).slice(1)).toEqual([
      '120100 b t2',
      '120100 c WireLostError: wire lost (auth): no token: the venue refused one that was new; asked for again in 3750 ms at the earliest',
      '180100 d t3',
    ]);
  });

  it('are refused for good at once, also while they are renewed', () => {
    let refused = false;
    const scheduler = new VirtualTimeScheduler();
    const { keep, log, until } = rig({
      obtain: () =>
        refused
          ? throwError(() => new AuthenticationRefusedError('acme', 'bad signature'))
          : [{ value: 't', expiresAt: 15 * MINUTE }],
    });
    keep('a');
    refused = true;
    until(15 * MINUTE);

    expect(log).toEqual(['0 a t', '840000 a AuthenticationRefusedError: acme refused the credentials: bad signature']);
    expect(scheduler.actions).toEqual([]);
  });

  it.each<[string, Partial<CredentialsConfig<string>>, number, string]>([
    ['nothing', { obtain: () => [] }, 0, 'no usable answer'],
    ['no answer in time', { obtain: () => NEVER, obtainWithin: 50 }, 50, 'TimeoutError'],
    [
      'one that has run out',
      { obtain: () => [{ value: 'x', expiresAt: 0 }] },
      0,
      'what came has run out already, by our clock',
    ],
    [
      'a throw',
      {
        obtain: () => {
          throw new TypeError('hunter2');
        },
      },
      0,
      'TypeError',
    ],
  ])('could not be had where there is %s', (_, config, at, text) => {
    const { faults, get, log, until } = rig(config);
    get('a');
    until(1_000);

    expect(log).toEqual([`${at} a WireLostError: wire lost (auth): the token could not be had: ${text}`]);
    expect(faults).toHaveLength(1);
  });

  it('that last no second are none: they would be asked for as fast as they come', () => {
    const { keep, until, asked, faults } = rig({}, 40);
    keep('a');
    until(60_000);

    expect(asked).toHaveLength(1);
    expect(faults).toMatchObject([{ type: 'credentials', message: expect.stringContaining('has run out already') }]);
  });

  it('that never run out need no timer, and those of years no longer one than there is', () => {
    const never = rig({ obtain: () => [{ value: 'x', expiresAt: Infinity }] });
    never.keep('a');
    expect(never.scheduler.actions).toEqual([]);

    const years = rig({}, 10 * 365 * 24 * HOUR);
    years.keep('a');
    years.until(200);
    expect(Math.max(...years.scheduler.actions.map(({ delay }) => delay))).toBeLessThan(2 ** 31);
    years.until(9 * 365 * 24 * HOUR);
    expect(years.asked).toEqual([0]);
  });

  it('leave nothing behind when nobody waits for them any more', () => {
    const { get, scheduler } = rig();
    get('a').unsubscribe();

    expect(scheduler.actions).toEqual([]);
  });
});

import fc from 'fast-check';
import { EMPTY, NEVER, Subject, defer, retryWhen, throwError } from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { RetriesExhaustedError } from '../../lib/errors/retriesExhaustedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import { type BackoffConfig, backoff, backoffDelay, defaultBackoff } from '../../lib/socket/backoff.js';
import { Clock, Seen } from '../support/fakeVenue.js';

const failing = (
  clock: Clock,
  config: Partial<BackoffConfig> = {},
): { readonly at: number[]; readonly seen: Seen<never> } => {
  const at: number[] = [];
  const source = defer(() => {
    at.push(clock.now());
    return throwError(() => new Error('lost'));
  });
  const notifier = backoff({
    policy: defaultBackoff,
    random: () => 0.5,
    scheduler: clock,
    uptimeOf: () => 0,
    isFatal: () => false,
    ...config,
  });
  return { at, seen: new Seen(source.pipe(retryWhen(notifier))) };
};

describe('backoffDelay', () => {
  it('lies between 0 and a ceiling that doubles from 0.5 s up to 30 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (retry, random) => {
          const ms = backoffDelay(defaultBackoff, retry, random);
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** (retry - 1)));
        },
      ),
    );
  });

  it.each([
    [1, 0],
    [2, 500],
    [3, 1_000],
    [4, 2_000],
    [7, 16_000],
    [8, 30_000],
    [2_000, 30_000],
  ])('before retry %i has the ceiling %i', (retry, ceiling) => {
    expect(backoffDelay(defaultBackoff, retry, 1)).toBe(ceiling);
  });

  it('stays a number where the base is 0', () => {
    expect(backoffDelay({ ...defaultBackoff, base: 0 }, 5_000, 0.5)).toBe(0);
  });
});

describe('a venue that asks us to stay away', () => {
  const upgradeRefused = (retryAfter?: number): WireLostError =>
    new WireLostError('failed', 'refused', 503, { cause: new RequestFailedError('words', 503, retryAfter) });

  it.each([
    [upgradeRefused(7_000), [0, 7_000, 14_250, 21_750]],
    [new RequestFailedError('words', 429, 7_000), [0, 7_000, 14_250, 21_750]],
    [upgradeRefused(), [0, 0, 250, 750]],
    // An hour is as long as 5 minutes.
    [upgradeRefused(3_600_000), [0, 300_000, 600_250]],
    [new WireLostError('closed', 'gone'), [0, 0, 250, 750]],
  ])('is let alone for as long, and up to 5 minutes: %s', (error, attempts) => {
    const clock = new Clock();
    const at: number[] = [];
    const told: number[] = [];
    const source = defer(() => {
      at.push(clock.now());
      return throwError(() => error);
    });
    const notifier = backoff({
      policy: defaultBackoff,
      random: () => 0.5,
      scheduler: clock,
      uptimeOf: () => 0,
      isFatal: () => false,
      onWait: (ms) => told.push(ms),
    });
    new Seen(source.pipe(retryWhen(notifier)));
    clock.advanceTo(attempts.at(-1) ?? 0);
    expect(at).toEqual(attempts);
    expect(told.slice(0, -1)).toEqual(attempts.slice(1).map((time, i) => time - (attempts[i] ?? 0)));
  });
});

describe('backoff', () => {
  it('retries at once first, then by the policy', () => {
    const clock = new Clock();
    const { at } = failing(clock);

    clock.advance(2_000);

    expect(at).toEqual([0, 0, 250, 750, 1_750]);
  });

  it('tells each wait before it begins', () => {
    const clock = new Clock();
    const waits: (readonly [number, number])[] = [];
    failing(clock, { onWait: (ms, retry) => waits.push([ms, retry]) });

    clock.advance(300);

    expect(waits).toEqual([
      [0, 1],
      [250, 2],
      [500, 3],
    ]);
  });

  it('begins anew after a stable uptime, and only then', () => {
    const clock = new Clock();
    const uptimes = [0, 4_999, 5_000, 0];
    const waits: number[] = [];
    failing(clock, { uptimeOf: () => uptimes[waits.length] ?? 0, onWait: (ms) => waits.push(ms) });

    clock.advance(300);

    expect(waits.slice(0, 4)).toEqual([0, 250, 0, 250]);
  });

  it('ends with the error itself where it is fatal', () => {
    const { at, seen } = failing(new Clock(), { isFatal: () => true });

    expect(at).toHaveLength(1);
    expect(seen.end).toEqual({ error: new Error('lost') });
  });

  it('gives up past the limit, keeping the last cause', () => {
    const clock = new Clock();
    const { at, seen } = failing(clock, { policy: { ...defaultBackoff, limit: 3 } });

    clock.advance(60_000);

    expect(at).toHaveLength(4);
    expect(seen.end).toEqual({ error: new RetriesExhaustedError(3) });
    expect(seen.end).toMatchObject({ error: { cause: new Error('lost') } });
    expect(clock.timers).toBe(0);
  });

  it('does not retry at all where the limit is 0', () => {
    const { at, seen } = failing(new Clock(), { policy: { ...defaultBackoff, limit: 0 } });

    expect(at).toHaveLength(1);
    expect(seen.end).toEqual({ error: new RetriesExhaustedError(0) });
  });

  it('is cut short by waking up, and leaves no timer behind', () => {
    const clock = new Clock();
    const wake = new Subject<void>();
    const { at, seen } = failing(clock, { wake, random: () => 0.9 });
    clock.advance(0);
    clock.advanceTo(100);

    wake.next();

    expect(at).toEqual([0, 0, 100]);
    seen.leave();
    expect(clock.timers).toBe(0);
    expect(wake.observed).toBe(false);
  });

  it.each([
    ['ends', EMPTY],
    ['never comes', NEVER],
    ['breaks', throwError(() => new Error('broken'))],
  ])('waits its time where the wake-up call %s', (_, wake) => {
    const clock = new Clock();
    const { at, seen } = failing(clock, { wake });

    clock.advance(250);

    expect(at).toEqual([0, 0, 250]);
    expect(seen.end).toBeUndefined();
  });
});

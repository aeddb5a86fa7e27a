import fc from 'fast-check';
import {
  EMPTY,
  NEVER,
  Subject,
  VirtualTimeScheduler,
  delay,
  map,
  of,
  queueScheduler,
  share,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { RequestFailedError } from '../../../lib/errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../../lib/errors/subscriptionRefusedError.js';
import { accountFeed, type AccountFeedConfig, type AccountUpdate } from '../../../lib/feed/account/accountFeed.js';
import { accountEventsOf, accountStatesOf } from '../../../lib/feed/account/accountStreams.js';
import type { AccountEvent, AccountState } from '../../../lib/model/accountEvent.js';
import type { FaultNotice } from '../../../lib/model/fault.js';
import type { ChannelEvent } from '../../../lib/socket/channelEvent.js';
import { marbles } from '../../../lib/testing/marbles.js';

type Channel = ChannelEvent<readonly string[]>;

const CHANNEL: Readonly<Record<string, Channel>> = {
  b: { type: 'begun', at: 0 },
  c: { type: 'confirmed', at: 0 },
  l: { type: 'lost', reason: 'closed', at: 0 },
  g: { type: 'lost', reason: 'gap', at: 0 },
  // A frame with two events, and one with none.
  F: { type: 'message', value: ['1', '2'] },
  E: { type: 'message', value: [] },
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [String(n), { type: 'message', value: [String(n)] } as const]),
  ),
};
/** A state is the events it holds, each once. */
const fold = (state: string, event: string): string => (state.includes(event) ? state : state + event);

const eventText = (event: AccountEvent<string, string>): string =>
  event.type === 'reset' ? event.reason : `${event.type} ${event.value}`;
const stateText = (state: AccountState<string>): string => {
  if (state.status === 'syncing') return 'syncing';
  return `${state.status} ${state.value}${state.status === 'stale' ? ` ${state.reason}` : ''}`;
};
/** What an update says, both halves of it. */
const both = ({ event, state }: AccountUpdate<string, string>): string =>
  `${event === undefined ? '' : eventText(event)}|${stateText(state)}`;

/** A fault and when it was told. */
type TimedFault = FaultNotice & { readonly at: number };

function feedOf(
  { scheduler }: { readonly scheduler: SchedulerLike },
  fields: Partial<AccountFeedConfig<string, string>> = {},
) {
  const faults: TimedFault[] = [];
  const operator = accountFeed<string, string>({
    channel: 'orders',
    reload: () => NEVER,
    fold,
    scheduler,
    random: () => 0,
    report: (fault) => faults.push({ ...fault, at: scheduler.now() }),
    ...fields,
  });
  return { operator, faults };
}

/** Answers the n-th request with the n-th observable; one more ends the feed. */
function inTurn(...answers: readonly Observable<string>[]): () => Observable<string> {
  let asked = 0;
  return () => {
    const answer = answers[asked];
    asked += 1;
    if (answer === undefined) throw new SubscriptionRefusedError('acme', 'orders', `request ${asked} was not expected`);
    return answer;
  };
}

describe('accountFeed', () => {
  it(
    'passes every event on at once, and is live with the reload and what was held for it',
    marbles((helpers) => {
      const { hot, cold, expectObservable, expectSubscriptions } = helpers;
      const channel = hot('  -bc-12---3', CHANNEL);
      const reload = cold('    ----(s|)', { s: '1' });
      const reloadSubs = '   --^---!';
      const expected = '     yr--abS--d';
      const { operator } = feedOf(helpers, { reload: inTurn(reload) });

      const update$ = channel.pipe(operator, map(both));

      expectObservable(update$).toBe(expected, {
        y: '|syncing',
        r: 'connected|syncing',
        a: 'event 1|syncing',
        b: 'event 2|syncing',
        S: 'snapshot 12|live 12',
        d: 'event 3|live 123',
      });
      expectSubscriptions(reload.subscriptions).toBe(reloadSubs);
      expectSubscriptions(channel.subscriptions).toBe('^');
    }),
  );

  it(
    'asks with the first event where nothing confirms, and takes the events of a frame one by one',
    marbles((helpers) => {
      const { hot, cold, expectObservable } = helpers;
      const channel = hot('  -b-F----E', CHANNEL);
      const reload = cold('     -----(s|)', { s: '' });
      const expected = '     yr-(ab)-S';
      const { operator } = feedOf(helpers, { reload: inTurn(reload) });

      const update$ = channel.pipe(operator, map(both));

      expectObservable(update$).toBe(expected, {
        y: '|syncing',
        r: 'connected|syncing',
        a: 'event 1|syncing',
        b: 'event 2|syncing',
        S: 'snapshot 12|live 12',
      });
    }),
  );

  const played = (
    marble: string,
    reloads: (
      cold: (marble: string, values?: Readonly<Record<string, string>>) => Observable<string>,
    ) => readonly Observable<string>[],
    fields: Partial<AccountFeedConfig<string, string>> = {},
  ): { readonly log: readonly string[]; readonly faults: readonly TimedFault[] } => {
    const log: string[] = [];
    let faults: readonly TimedFault[] = [];
    marbles(
      (helpers) => {
        const { hot, cold, scheduler, flush } = helpers;
        const feed = feedOf(helpers, { reload: inTurn(...reloads((text, values) => cold(text, values))), ...fields });
        faults = feed.faults;
        const tell = (text: string): void => void log.push(`${scheduler.now()} ${text}`);
        hot(marble, CHANNEL)
          .pipe(feed.operator, map(both))
          .subscribe({
            next: tell,
            error: (error: unknown) => {
              tell(String(error));
            },
            complete: () => {
              tell('complete');
            },
          });
        flush();
      },
      { until: 30_000 },
    )();
    return { log, faults };
  };

  it('is stale from the loss on, and begins with a reset and a reload of its own in the next session', () => {
    const { log, faults } = played('-bc-1--l--bc-2', (cold) => [
      cold('-(s|)', { s: '' }),
      cold('---(s|)', { s: '15' }),
    ]);

    expect(log).toEqual([
      '0 |syncing',
      '1 connected|syncing',
      '3 snapshot |live ',
      '4 event 1|live 1',
      '7 |stale 1 closed',
      '10 reconnected|stale 1 closed',
      '13 event 2|stale 1 closed',
      '14 snapshot 152|live 152',
    ]);
    expect(faults).toEqual([]);
  });

  it('tells a reload what was known before, for venues that must be asked by name for what is gone', () => {
    const asked: (string | undefined)[] = [];
    const channel = new Subject<Channel>();
    const { operator } = feedOf(
      { scheduler: queueScheduler },
      {
        reload: (last) => {
          asked.push(last);
          return of('1');
        },
      },
    );
    channel.pipe(operator).subscribe();
    const tell = (...names: readonly string[]): void => {
      for (const name of names) channel.next(CHANNEL[name] as Channel);
    };

    tell('b', 'c', '2', 'l', 'b', 'c');

    expect(asked).toEqual([undefined, '12']);
  });

  it('forgets what a session held, and does not take the answer to a request of the session before', () => {
    const { log } = played('-bc1l-bc', (cold) => [cold('------(s|)', { s: '9' }), cold('-----------(s|)', { s: '7' })]);

    expect(log).toEqual([
      '0 |syncing',
      '1 connected|syncing',
      '3 event 1|syncing',
      '6 reconnected|syncing',
      '18 snapshot 7|live 7',
    ]);
  });

  it('says that it lost count where the session went on', () => {
    const { log } = played('-bcg-b', (cold) => [cold('(s|)', { s: '' })]);

    expect(log).toEqual([
      '0 |syncing',
      '1 connected|syncing',
      '2 snapshot |live ',
      '3 |stale  gap',
      '5 gap|stale  gap',
    ]);
  });

  it('asks again after growing pauses, at least as long as the venue wants, and keeps what came meanwhile', () => {
    const { log, faults } = played('-bc1', (cold) => [
      cold('#', {}),
      throwError(() => new RequestFailedError('too many', 429, 3_000)),
      EMPTY,
      cold('(s|)', { s: '8' }),
    ]);

    expect(log).toEqual(['0 |syncing', '1 connected|syncing', '3 event 1|syncing', '3627 snapshot 81|live 81']);
    expect(faults.map(({ at, message }) => `${at} ${message}`)).toEqual([
      '2 orders: the state could not be loaded: it came to nothing',
      '127 orders: the state could not be loaded: request failed with status 429: too many',
      '3127 orders: the state could not be loaded: it came to nothing',
    ]);
  });

  it('ends with a refusal of the reload, with what the fold throws, and with what the channel ends with', () => {
    const refusal = new SubscriptionRefusedError('acme', 'orders', 'no');
    const broken = (): string => {
      throw new TypeError('broken');
    };

    const { log, faults } = played('-bc', () => [throwError(() => refusal)]);
    expect(log.slice(2)).toEqual([`2 ${String(refusal)}`]);
    expect(faults).toEqual([{ type: 'refused', channel: 'orders', message: refusal.message, at: 2 }]);
    expect(played('-bc-1', (cold) => [cold('(s|)', { s: '' })], { fold: broken }).log.slice(3)).toEqual([
      '4 TypeError: broken',
    ]);
    expect(played('-bc1', (cold) => [cold('--(s|)', { s: '' })], { fold: broken }).log.slice(3)).toEqual([
      '4 TypeError: broken',
    ]);
    expect(played('-b|', () => []).log.slice(2)).toEqual(['2 complete']);
    expect(played('-b#', () => []).log.slice(2)).toEqual(['2 error']);
  });

  it('loads again on a schedule while it is live, and folds only what the answer may lack', () => {
    const { log, faults } = played(
      '-bc-1----------2----3',
      (cold) => [cold('(s|)', { s: '' }), cold('#'), cold('----(s|)', { s: '7' }), NEVER],
      { reloadEvery: 8, pause: { base: 8 } },
    );

    // The second request, at 14, was made before `2` and answered after it: `1` is gone with it, `2` is not.
    expect(log).toEqual([
      '0 |syncing',
      '1 connected|syncing',
      '2 snapshot |live ',
      '4 event 1|live 1',
      '15 event 2|live 12',
      '18 snapshot 72|live 72',
      '20 event 3|live 723',
    ]);
    expect(faults.map(({ at, type }) => `${at} ${type}`)).toEqual(['10 snapshot']);
  });

  it('loads again only while there is a reason to', () => {
    const { log } = played(
      '-bc----------1----------------2',
      (cold) => [cold('(s|)', { s: '' }), cold('(s|)', { s: '1x' }), NEVER],
      { reloadEvery: 4, reloadWhile: (state) => state === '1' },
    );

    expect(log).toEqual([
      '0 |syncing',
      '1 connected|syncing',
      '2 snapshot |live ',
      '13 event 1|live 1',
      '17 snapshot 1x|live 1x',
      '30 event 2|live 1x2',
    ]);
  });

  it('loads anew when more is held than it may hold', () => {
    const { log, faults } = played('-bc-123-4', (cold) => [NEVER, cold('-----(s|)', { s: '123' })], { holdLimit: 2 });

    expect(log.slice(2)).toEqual([
      '4 event 1|syncing',
      '5 event 2|syncing',
      '6 event 3|syncing',
      '8 event 4|syncing',
      '11 snapshot 1234|live 1234',
    ]);
    expect(faults).toMatchObject([{ type: 'dropped', count: 3, at: 6 }]);
  });

  it('makes a new beginning by hand, also from within an update, and not without a session', () => {
    const resync$ = new Subject<void>();
    const scheduler = new VirtualTimeScheduler();
    const channel = new Subject<Channel>();
    let reloads = 0;
    const reload = (): Observable<string> => timer(5, scheduler).pipe(map(() => `${(reloads += 1)}`));
    const { operator } = feedOf({ scheduler }, { reload, resync$ });
    const seen: string[][] = [[], []];
    const updates$ = channel.pipe(operator, map(both), share());
    updates$.subscribe((text) => {
      seen[0]?.push(text);
      if (text.startsWith('event')) resync$.next();
    });
    updates$.subscribe((text) => seen[1]?.push(text));

    resync$.next();
    channel.next({ type: 'begun', at: 0 });
    channel.next({ type: 'confirmed', at: 0 });
    scheduler.flush();
    channel.next({ type: 'message', value: ['a'] });
    scheduler.flush();

    const expected = ['connected|syncing', 'snapshot 1|live 1', 'event a|live 1a', '|stale 1a resync'];
    expect(seen[0]?.slice(1)).toEqual([...expected, 'resync|stale 1a resync', 'snapshot 2|live 2']);
    expect(seen[1]).toEqual(seen[0]?.slice(1));
  });

  it('leaves nothing behind when it is left', () => {
    const scheduler = new VirtualTimeScheduler();
    const channel = new Subject<Channel>();
    const resync$ = new Subject<void>();
    let running = 0;
    const reload = () => NEVER.pipe(tap({ subscribe: () => (running += 1), unsubscribe: () => (running -= 1) }));
    const { operator } = feedOf({ scheduler }, { reload, resync$ });
    const subscription = channel.pipe(operator).subscribe();
    channel.next({ type: 'begun', at: 0 });
    channel.next({ type: 'confirmed', at: 0 });
    scheduler.flush();
    expect(running).toBe(1);

    subscription.unsubscribe();

    expect([running, channel.observed, resync$.observed]).toEqual([0, false, false]);
  });
});

describe('the streams of a shared account feed', () => {
  it('give late observers the state as it stands, as a state and as a snapshot, and then every event', () => {
    const scheduler = new VirtualTimeScheduler();
    const updates$ = new Subject<AccountUpdate<string, string>>();
    const log: string[] = [];
    const syncing: AccountState<string> = { status: 'syncing' };
    const live = (value: string): AccountState<string> => ({ status: 'live', value });
    const replayed = updates$.pipe(share());
    accountEventsOf(replayed, scheduler).subscribe((event) => log.push(`first ${eventText(event)}`));
    accountStatesOf(replayed).subscribe((state) => log.push(stateText(state)));

    updates$.next({ event: undefined, state: syncing });
    updates$.next({ event: { type: 'event', value: 'a', at: 0 }, state: syncing });
    accountEventsOf(replayed, scheduler).subscribe((event) => log.push(`late ${eventText(event)}`));
    updates$.next({ event: { type: 'snapshot', value: 'a', at: 0 }, state: live('a') });
    updates$.next({ event: { type: 'event', value: 'b', at: 0 }, state: live('ab') });

    // A replay hands a late observer the latest update; here the next one stands for it.
    expect(log).toEqual([
      ...['syncing', 'first event a'],
      ...['first snapshot a', 'live a', 'late snapshot a'],
      ...['first event b', 'live ab', 'late event b'],
    ]);
  });
});

// ---- a venue of its own, whose account is a version for each key

type Account = Readonly<Record<string, number>>;
interface Change {
  readonly key: string;
  readonly version: number;
}

const happenings = fc.array(
  fc.record({
    what: fc.constantFrom('changes', 'changes', 'changes', 'changes', 'is cut off', 'loses count'),
    key: fc.integer({ min: 0, max: 4 }).map(String),
    /** Until it happens, in ms. */
    wait: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 40 },
);
/** How long a request is on its way to the venue and back, in ms, and whether it fails there. */
const reloads = fc.array(fc.record({ there: fc.nat(60), back: fc.nat(60), fails: fc.boolean() }), { maxLength: 12 });

it('loses and doubles nothing between resets, and folds to the true account, whatever happens', () => {
  fc.assert(
    fc.property(happenings, reloads, fc.boolean(), (story, answers, periodic) => {
      const scheduler = new VirtualTimeScheduler();
      const channel = new Subject<ChannelEvent<readonly Change[]>>();
      const truth: Record<string, number> = {};
      const [sent, got]: (Change | 'reset')[][] = [[], []];
      const seen: Record<string, number> = {};
      let asked = 0;
      let last: AccountState<Account> = { status: 'syncing' };
      const reload = (): Observable<Account> => {
        const { there, back, fails } = answers[asked] ?? { there: 5, back: 5, fails: false };
        asked += 1;
        return timer(there, scheduler).pipe(
          map(() => {
            if (fails) throw new RequestFailedError('no', 500);
            return { ...truth };
          }),
          delay(back, scheduler),
        );
      };
      const begin = (): void => {
        sent?.push('reset');
        channel.next({ type: 'begun', at: scheduler.now() });
        channel.next({ type: 'confirmed', at: scheduler.now() });
      };
      const feed = accountFeed<Change, Account>({
        channel: 'account',
        scheduler,
        random: () => 0.5,
        report: () => undefined,
        reload,
        fold: (state, { key, version }) => ((state[key] ?? 0) >= version ? state : { ...state, [key]: version }),
        pause: { cap: 100 },
        reloadEvery: periodic ? 50 : undefined,
      });
      const subscription = channel.pipe(feed).subscribe(({ event, state }) => {
        last = state;
        if (event?.type === 'reset') got?.push('reset');
        if (event?.type === 'event') {
          got?.push(event.value);
          seen[event.value.key] = event.value.version;
        }
        // A live state is never behind what its observer was told.
        if (state.status !== 'live') return;
        const { value } = state;
        const behind = Object.entries(seen).filter(([key, version]) => (value[key] ?? 0) < version);
        if (behind.length > 0) throw new Error(`live, but behind: ${JSON.stringify({ value, seen })}`);
      });

      let at = 0;
      scheduler.schedule(begin);
      for (const { what, key, wait } of story) {
        at += wait;
        scheduler.schedule(() => {
          if (what === 'changes') {
            const change = { key, version: (truth[key] ?? 0) + 1 };
            truth[key] = change.version;
            sent?.push(change);
            channel.next({ type: 'message', value: [change] });
            return;
          }
          channel.next({ type: 'lost', reason: what === 'is cut off' ? 'closed' : 'gap', at: scheduler.now() });
          // What changes while nobody listens is told by the reload alone.
          truth[key] = (truth[key] ?? 0) + 1;
          begin();
        }, at);
      }
      scheduler.maxFrames = at + 5_000;
      scheduler.flush();
      subscription.unsubscribe();
      scheduler.maxFrames = Infinity;
      scheduler.flush();

      expect(got).toEqual(sent);
      expect(last).toEqual({ status: 'live', value: truth });
      expect(scheduler.actions).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

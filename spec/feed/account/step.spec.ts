import { type AccountContext, type AccountStep, firstStep } from '../../../lib/feed/account/state.js';
import { type AccountInput, advance } from '../../../lib/feed/account/step.js';

type Input = AccountInput<string, string>;
/** An input, and what its step says: `note; update, update; want`, with `-` for none. */
type Row = readonly [input: Input, says: string];

const begun: Input = { type: 'begun', at: 1 };
const confirmed: Input = { type: 'confirmed' };
const missed: Input = { type: 'missed', at: 2 };
const resync: Input = { type: 'resync' };
const lost: Input = { type: 'lost', reason: 'closed', at: 3 };
const event = (...values: readonly string[]): Input => ({ type: 'events', values });
const due = (request: number): Input => ({ type: 'due', request });
const answered = (request: number, value: string): Input => ({ type: 'answered', request, value });
const failed = (request: number, atLeast = 0): Input => ({ type: 'failed', request, text: 'no', atLeast });

const claimText = ({ state }: AccountStep<string, string>['updates'][number]): string => {
  if (state.status === 'syncing') return 'syncing';
  return state.status === 'live' ? `live ${state.value}` : `stale ${state.value} ${state.reason} ${state.since}`;
};
function saysOf({ notes, updates, want }: AccountStep<string, string>): string {
  const told = updates.map((update) => {
    const { event: happened } = update;
    const what = happened === undefined ? '' : happened.type === 'reset' ? happened.reason : happened.value;
    return `${what}|${claimText(update)}`;
  });
  const wanted =
    want === undefined
      ? '-'
      : want.type === 'nothing'
        ? 'nothing'
        : want.type === 'wait'
          ? `wait ${want.request} as ${want.attempt} for ${want.atLeast}`
          : `load ${want.request} after ${String(want.last)}${want.passed.length > 0 ? ` past ${want.passed.join('')}` : ''}`;
  const noted = notes.map((note) => note.type).join();
  return `${noted || '-'}; ${told.join(', ') || '-'}; ${wanted}`;
}

/** Plays the inputs; time stands at `elapsed` unless a row changes it. */
function play(rows: readonly Row[], more: Partial<AccountContext<string, string>> = {}): readonly Row[] {
  const context: AccountContext<string, string> = {
    channel: 'orders',
    fold: (state, values) => values.reduce((all, value) => (all.includes(value) ? all : all + value), state),
    reloadEvery: undefined,
    reloadWhile: () => true,
    isWhole: () => true,
    doubtOf: () => undefined,
    holdLimit: 2,
    stableAfter: 5_000,
    now: () => 7,
    elapsed: () => 0,
    ...more,
  };
  let { state } = firstStep<string, string>();
  return rows.map(([input]) => {
    const step = advance(context, state, input);
    state = step.state;
    return [input, saysOf(step)];
  });
}

/** One after the other. */
function inTurn(...answers: readonly boolean[]): () => boolean {
  const left = [...answers];
  return () => left.shift() ?? true;
}

const live: readonly Row[] = [
  [begun, '-; connected|syncing; nothing'],
  [confirmed, '-; -; wait 1 as 1 for 0'],
  [due(1), '-; -; load 1 after undefined'],
  [answered(1, ''), '-; |live ; nothing'],
];

it.each<readonly [name: string, rows: readonly Row[], more: Partial<AccountContext<string, string>>]>([
  [
    'begins by a question, and folds what came meanwhile into its answer',
    [
      [begun, '-; connected|syncing; nothing'],
      [event('a'), '-; a|syncing; wait 1 as 1 for 0'],
      [confirmed, '-; -; -'],
      [due(1), '-; -; load 1 after undefined'],
      [event('b'), '-; b|syncing; -'],
      [answered(1, 'a'), '-; ab|live ab; nothing'],
      [event('c'), '-; c|live abc; -'],
    ],
    {},
  ],
  [
    'passes over answers, failures and waits that belong to no question',
    [
      ...live,
      [answered(1, 'x'), '-; -; -'],
      [failed(1), '-; -; -'],
      [due(1), '-; -; -'],
      [lost, '-; |stale  closed 3; nothing'],
      [begun, '-; reconnected|stale  closed 3; nothing'],
      [answered(1, 'x'), '-; -; -'],
    ],
    {},
  ],
  [
    'asks again by the next attempt where it failed',
    [
      [begun, '-; connected|syncing; nothing'],
      [confirmed, '-; -; wait 1 as 1 for 0'],
      [due(1), '-; -; load 1 after undefined'],
      [failed(1, 3_000), 'snapshot; -; wait 2 as 2 for 3000'],
      [due(2), '-; -; load 2 after undefined'],
      [failed(2), 'snapshot; -; wait 3 as 3 for 0'],
    ],
    {},
  ],
  [
    'is in doubt from what it missed on, and asks as often in a row as it had to',
    [
      ...live,
      [missed, '-; |stale  gap 2, gap|stale  gap 2; wait 2 as 2 for 0'],
      [due(2), '-; -; load 2 after '],
      [missed, '-; gap|stale  gap 2; wait 3 as 3 for 0'],
    ],
    {},
  ],
  [
    'is in doubt from an event on that leaves open what the state is, also where it was held for the answer',
    [
      ...live,
      [event('?'), '-; ?|live ?; -'],
      [event('a', '?'), 'venue; a|stale ?a gap 7, ?|stale ?a gap 7, gap|stale ?a gap 7; wait 2 as 2 for 0'],
      [due(2), '-; -; load 2 after ?a'],
      [event('?'), '-; ?|stale ?a gap 7; -'],
      [answered(2, 'a'), 'venue; -; wait 3 as 3 for 0'],
      [due(3), '-; -; load 3 after ?a past ?'],
      [answered(3, 'a'), '-; a|live a; nothing'],
    ],
    { doubtOf: (state, values) => (state.includes('a') && values.includes('?') ? 'who knows' : undefined) },
  ],
  [
    'does not put off what it is about to ask by what it misses meanwhile',
    [
      ...live,
      [missed, '-; |stale  gap 2, gap|stale  gap 2; wait 2 as 2 for 0'],
      [event('a'), '-; a|stale  gap 2; -'],
      [missed, '-; gap|stale  gap 2; -'],
      [event('b'), '-; b|stale  gap 2; -'],
      [due(2), '-; -; load 2 after  past a'],
      [answered(2, 'a'), '-; ab|live ab; nothing'],
    ],
    {},
  ],
  [
    'counts from the first again once it was live for long enough',
    [...live, [missed, '-; |stale  gap 2, gap|stale  gap 2; wait 2 as 1 for 0']],
    {
      elapsed: (
        (times) => () =>
          times.shift() ?? 5_000
      )([0, 0]),
    },
  ],
  [
    'keeps the moment it was doubted first, and the reason it was doubted last',
    [
      ...live,
      [missed, '-; |stale  gap 2, gap|stale  gap 2; wait 2 as 2 for 0'],
      [resync, '-; |stale  resync 2, resync|stale  resync 2; -'],
      [lost, '-; |stale  closed 2; nothing'],
      [resync, '-; -; -'],
      [begun, '-; reconnected|stale  closed 2; nothing'],
    ],
    {},
  ],
  [
    'asks for nothing that would be too old: what was missed before it is confirmed',
    [
      [begun, '-; connected|syncing; nothing'],
      [missed, '-; gap|syncing; nothing'],
      [confirmed, '-; -; wait 1 as 1 for 0'],
    ],
    {},
  ],
  [
    'asks for nothing that would be too old: at a wish for a mending before it is confirmed',
    [
      [begun, '-; connected|syncing; nothing'],
      [resync, '-; -; -'],
      [confirmed, '-; -; wait 1 as 1 for 0'],
      [resync, '-; resync|syncing; -'],
      [due(1), '-; -; load 1 after undefined'],
      [lost, '-; -; nothing'],
      [begun, '-; reconnected|syncing; nothing'],
      [resync, '-; -; -'],
      [event('a'), '-; a|syncing; wait 2 as 1 for 0'],
      [due(2), '-; -; load 2 after undefined'],
      [resync, '-; resync|syncing; wait 3 as 2 for 0'],
    ],
    {},
  ],
  [
    'says with a load what was discarded since the last one, and no more than may be held',
    [
      ...live,
      [missed, '-; |stale  gap 2, gap|stale  gap 2; wait 2 as 2 for 0'],
      [due(2), '-; -; load 2 after '],
      [event('a'), '-; a|stale  gap 2; -'],
      [missed, '-; gap|stale  gap 2; wait 3 as 3 for 0'],
      [due(3), '-; -; load 3 after  past a'],
      [event('b'), '-; b|stale  gap 2; -'],
      [failed(3), 'snapshot; -; wait 4 as 4 for 0'],
      [missed, '-; gap|stale  gap 2; -'],
      [due(4), '-; -; load 4 after  past ab'],
      [event('c'), '-; c|stale  gap 2; -'],
      [lost, '-; |stale  closed 2; nothing'],
      [begun, '-; reconnected|stale  closed 2; nothing'],
      [confirmed, '-; -; wait 5 as 1 for 0'],
      [due(5), '-; -; load 5 after  past c'],
      [answered(5, 'd'), '-; d|live d; nothing'],
      [missed, '-; |stale d gap 2, gap|stale d gap 2; wait 6 as 2 for 0'],
      [due(6), '-; -; load 6 after d'],
    ],
    {},
  ],
  [
    'gives up what it held beyond its bound, and asks again',
    [
      [begun, '-; connected|syncing; nothing'],
      [event('a'), '-; a|syncing; wait 1 as 1 for 0'],
      [event('b'), '-; b|syncing; -'],
      [event('c'), 'dropped; c|syncing; wait 2 as 1 for 0'],
      [event('d'), '-; d|syncing; -'],
      [due(2), '-; -; load 2 after undefined past abc'],
      [answered(2, 'abc'), '-; abcd|live abcd; nothing'],
    ],
    {},
  ],
  [
    'loads a live state again on its schedule, and holds only what the answer may lack',
    [
      [begun, '-; connected|syncing; nothing'],
      [confirmed, '-; -; wait 1 as 1 for 0'],
      [due(1), '-; -; load 1 after undefined'],
      [answered(1, ''), '-; |live ; wait 2 as 1 for 60'],
      [event('a'), '-; a|live a; -'],
      [due(2), '-; -; load 2 after a'],
      [event('b'), '-; b|live ab; -'],
      [answered(2, 'A'), '-; Ab|live Ab; wait 3 as 1 for 60'],
      [due(3), '-; -; load 3 after Ab'],
      [failed(3), 'snapshot; -; wait 4 as 2 for 0'],
    ],
    { reloadEvery: 60 },
  ],
  [
    'tells what one message tells one by one, each with what all of it makes',
    [
      [begun, '-; connected|syncing; nothing'],
      [event('a', 'b'), '-; a|syncing, b|syncing; wait 1 as 1 for 0'],
      [due(1), '-; -; load 1 after undefined'],
      [answered(1, 'b'), '-; ba|live ba; nothing'],
      [event('c', 'a', 'd'), '-; c|live bacd, a|live bacd, d|live bacd; -'],
    ],
    {},
  ],
  [
    'loads anew where one message is more than may be held',
    [
      [begun, '-; connected|syncing; nothing'],
      [event('a', 'b', 'c'), 'dropped; a|syncing, b|syncing, c|syncing; wait 2 as 1 for 0'],
    ],
    {},
  ],
  [
    'is stale while what was loaded lacks something, folds into it all the same, and is live once a load is whole',
    [
      [begun, '-; connected|syncing; nothing'],
      [confirmed, '-; -; wait 1 as 1 for 0'],
      [due(1), '-; -; load 1 after undefined'],
      [answered(1, 'half'), '-; half|stale half unreadable 7; wait 2 as 1 for 60'],
      [event('b'), '-; b|stale halfb unreadable 7; -'],
      [due(2), '-; -; load 2 after halfb'],
      [event('c'), '-; c|stale halfbc unreadable 7; -'],
      [failed(2), 'snapshot; -; wait 3 as 2 for 0'],
      [due(3), '-; -; load 3 after halfbc'],
      [answered(3, 'whole'), '-; whole|live whole; wait 4 as 1 for 60'],
      [due(4), '-; -; load 4 after whole'],
      [answered(4, 'half again'), '-; half again|stale half again unreadable 7; wait 5 as 1 for 60'],
      [lost, '-; |stale half again closed 7; nothing'],
    ],
    { reloadEvery: 60, isWhole: inTurn(false, true, false) },
  ],
])('%s', (_, rows, more) => {
  expect(play(rows, more)).toEqual(rows);
});

it('leaves the states before a step as they were', () => {
  const context: AccountContext<string, string> = {
    channel: 'orders',
    fold: (state, values) => state + values.join(''),
    reloadEvery: undefined,
    reloadWhile: () => true,
    isWhole: () => true,
    doubtOf: () => undefined,
    holdLimit: 10,
    stableAfter: 5_000,
    now: () => 7,
    elapsed: () => 0,
  };
  const inputs = [begun, event('a'), due(1), event('b')];
  const { state } = inputs.reduce((step, input) => advance(context, step.state, input), firstStep<string, string>());
  const one = advance(context, state, event('c'));
  const other = advance(context, state, event('d'));

  expect(saysOf(advance(context, one.state, answered(1, '')))).toBe('-; abc|live abc; nothing');
  expect(saysOf(advance(context, other.state, answered(1, '')))).toBe('-; abd|live abd; nothing');
});

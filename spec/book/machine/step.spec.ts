import { eventChainRule } from '../../../lib/book/continuity/eventChain.js';
import { linkRule } from '../../../lib/book/continuity/link.js';
import { noRule } from '../../../lib/book/continuity/none.js';
import { rangeRule } from '../../../lib/book/continuity/range.js';
import { replaceRule } from '../../../lib/book/continuity/replace.js';
import { increasingRule } from '../../../lib/book/continuity/increasing.js';
import { stepRule } from '../../../lib/book/continuity/step.js';
import { wireRule } from '../../../lib/book/continuity/wire.js';
import { watermarkRule } from '../../../lib/book/continuity/watermark.js';
import { checksummed, sized } from '../../../lib/book/fold.js';
import { signedSizes } from '../../../lib/book/signedSizes.js';
import { type BookConfig, contextOf } from '../../../lib/book/machine/context.js';
import type { BookInput } from '../../../lib/book/machine/input.js';
import { advance, firstStep } from '../../../lib/book/machine/step.js';
import type { Note } from '../../../lib/book/machine/note.js';
import { emptyTally } from '../../../lib/book/tally.js';
import type { BookState } from '../../../lib/model/bookState.js';
import type { DepthEvent } from '../../../lib/model/depthEvent.js';
import { diff, reset, snapshot, type LevelLike } from '../../../lib/testing/builders.js';

const range = (first: number, last = first, bids: readonly LevelLike[] = [[String(last), '1']]) =>
  diff({ firstSequence: first, lastSequence: last, bids });
const at = (sequence: number) => snapshot({ sequence, bids: [[String(sequence), '1']], asks: [['1000', '1']] });
const answer = (request: number, sequence: number): BookInput => ({
  type: 'answered',
  request,
  snapshot: at(sequence),
});
const begun = { type: 'begun' } as const;
const confirmed = { type: 'confirmed' } as const;
const lost = { type: 'lost', reason: 'closed' } as const;

/** What a machine has said so far: what it claims and wants, and what its last step told and noted. */
interface Said {
  readonly state: BookState;
  readonly events: readonly DepthEvent[];
  readonly notes: readonly Note[];
  readonly wants: { readonly asking: number; readonly attempt: number; readonly atLeast: number; readonly by: string };
}

function machineOf(fields: Partial<BookConfig> = {}) {
  const tally = emptyTally();
  let time = 0;
  let offset = 0;
  const nothing = { asking: 0, attempt: 0, atLeast: 0, by: 'nothing' };
  let said: Said = { state: firstStep.state.claim, events: [], notes: [], wants: nothing };
  let request = 0;
  const context = contextOf(
    {
      instrument: 'BTCUSDT',
      rule: rangeRule,
      join: 'request',
      mend: 'request',
      holdLimit: 100,
      stableAfter: 5_000,
      tally,
      ...fields,
    },
    { now: () => time + offset, elapsed: () => time },
  );
  let { state } = firstStep;
  const tell = (...inputs: readonly BookInput[]): Said => {
    for (const input of inputs) {
      const step = advance(context, state, input);
      const { update, notes, want } = step;
      state = step.state;
      request = Math.max(request, state.mending.request);
      said = { ...said, state: update?.state ?? said.state, events: update?.events ?? [], notes };
      if (want?.type === 'nothing') said = { ...said, wants: nothing };
      else if (want !== undefined) {
        const { request: asking, attempt, atLeast } = want;
        said = {
          ...said,
          wants: { asking, attempt, atLeast, by: want.type === 'request' ? 'request' : 'subscription' },
        };
      }
      expect(state.claim).toBe(said.state);
    }
    return said;
  };
  const wait = (ms: number): void => {
    time += ms;
  };
  const setClock = (by: number): void => {
    offset += by;
  };
  return { tally, tell, wait, setClock, request: () => request };
}

/** The same after a step of which nothing came. */
const quiet = (said: Said): Said => ({ ...said, events: [], notes: [] });
const claim = ({ state }: Said) =>
  state.status === 'live'
    ? `live ${state.book.sequence}`
    : state.status === 'stale'
      ? `stale ${state.book.sequence} ${state.reason} ${state.since}`
      : state.status;
const told = ({ events }: Said) =>
  events.map((e) => (e.type === 'reset' ? `reset ${e.reason}` : e.type === 'diff' ? e.lastSequence : `s${e.sequence}`));
const text = expect.any(String) as unknown;

describe('a book that joins its snapshot by time', () => {
  const timed = (venueTime: number) => diff({ venueTime, bids: [[String(venueTime), '1']] });
  const linked = (venueTime: number, eventId: string, previousEventId: string) =>
    ({ ...timed(venueTime), eventId, previousEventId }) as const;
  const taken = (request: number, venueTime: number): BookInput => ({
    type: 'answered',
    request,
    snapshot: snapshot({ venueTime, bids: [['1', '1']], asks: [['1000', '1']] }),
  });

  it('wants one that holds the first change that was told', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    const older = tell(begun, timed(10), timed(20), taken(1, 9));
    expect([older.state.status, older.notes, older.wants.asking]).toMatchObject([
      'syncing',
      [{ type: 'snapshot', text: 'snapshot older than the stream' }],
      2,
    ]);
    expect(tell(taken(2, 10)).state).toMatchObject({ status: 'live', book: { bids: { length: 2 } } });
  });

  it('is joined at once by what goes on past it', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    const machine = tell(begun, timed(10), timed(20), taken(1, 15));
    expect(machine.state).toMatchObject({ status: 'live', book: { bids: { length: 2 } } });
  });

  // A clock may have been set back in between: then it holds what it seems to be older than, and has gone on since.
  it('is joined by a chain that goes on past it only once that goes on, too', () => {
    const { tell } = machineOf({ rule: eventChainRule });
    const waiting = tell(begun, linked(10, 'b', 'a'), linked(20, 'c', 'b'), taken(1, 15));
    expect([waiting.state.status, waiting.notes, waiting.wants.asking]).toEqual(['syncing', [], 2]);
    expect(tell(linked(21, 'd', 'c')).state).toMatchObject({ status: 'live', book: { bids: { length: 3 } } });
  });

  it('or by nothing, where a later one holds it all', () => {
    const { tell } = machineOf({ rule: eventChainRule });
    const machine = tell(begun, linked(10, 'b', 'a'), linked(20, 'c', 'b'), taken(1, 15), taken(2, 20));
    expect(machine.state).toMatchObject({ status: 'live', book: { bids: { length: 1 } } });
  });

  it('is not joined past a loss by what waited for the next change', () => {
    const { tell } = machineOf({ rule: eventChainRule });
    const machine = tell(begun, linked(10, 'b', 'a'), linked(20, 'c', 'b'), taken(1, 15), linked(30, 'e', 'd'));
    expect(machine.state.status).toBe('syncing');
  });

  it('is doubted by a first change that names one which was never told', () => {
    const { tell } = machineOf({ rule: eventChainRule });
    expect(tell(begun, confirmed, taken(1, 10)).state.status).toBe('live');

    const machine = tell(linked(20, 'c', 'b'));

    expect(machine.state).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(machine.notes).toMatchObject([{ type: 'gap', text: 'event b, the one before, never told' }]);
    expect(tell(taken(2, 20)).state).toMatchObject({ status: 'live' });
    expect(tell(linked(30, 'd', 'c')).state).toMatchObject({ status: 'live' });
  });

  // It is not in the snapshot, though by its time it seems to be; what is further back by little only came so.
  it('is doubted by a chain whose clock is set back behind it', () => {
    const { tell } = machineOf({ rule: eventChainRule });
    expect(tell(begun, linked(10_000, 'b', 'a'), taken(1, 10_001)).state.status).toBe('live');
    expect(tell(linked(9_999, 'c', 'b')).state.status).toBe('live');

    expect(tell(linked(8_000, 'd', 'c')).state).toMatchObject({ status: 'stale', reason: 'gap' });
  });

  it('holds what a chain told before its clock was set back no more', () => {
    const { tell, tally } = machineOf({ rule: eventChainRule });
    const machine = tell(begun, linked(10_000, 'b', 'a'), linked(8_000, 'c', 'b'), taken(1, 10_001));
    expect([machine.state.status, tally.early]).toEqual(['syncing', 1]);
  });

  it.each([watermarkRule, eventChainRule])('is doubted by a stream that is behind it by far: $name', (rule) => {
    const { tell } = machineOf({ rule });
    const named = (venueTime: number) =>
      rule === eventChainRule ? linked(venueTime, `e${venueTime}`, `e${venueTime - 1}`) : timed(venueTime);
    tell(begun, confirmed, taken(1, 3_600_000));
    expect(tell(named(3_570_000)).state.status).toBe('live');
    const machine = tell(begun, confirmed, taken(2, 3_600_000), named(3_569_999));
    expect([machine.state, machine.wants.asking]).toMatchObject([{ status: 'stale', reason: 'gap' }, 3]);
    // The cache answers once more, and then no more.
    expect(tell(taken(3, 3_600_000)).state.status).toBe('stale');
    const later = snapshot({ venueTime: 3_570_000, bids: [['3570000', '1']], asks: [] });
    expect(tell(named(3_570_000), { type: 'answered', request: 4, snapshot: later }).state.status).toBe('live');
  });

  it('has the same older one where it comes again and again: nothing newer is to be had', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    expect(tell(begun, timed(10), taken(1, 9), taken(2, 9)).state.status).toBe('syncing');
    expect(tell(taken(3, 9)).state).toMatchObject({ status: 'live', book: { bids: { length: 2 } } });
  });

  it('but not one that changes and stays older', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    tell(begun, timed(10));
    const older = tell(taken(1, 6), taken(2, 7), taken(3, 8), taken(4, 9));
    expect(older.state.status).toBe('syncing');
  });

  it('is not joined by what is held while what comes lies behind that', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    tell(begun, timed(10), timed(20), timed(15));
    const older = tell(taken(1, 16));
    expect([older.state.status, older.wants.asking]).toEqual(['syncing', 2]);
  });

  // What it changed was never folded, and what was folded since may have changed the same.
  it('is broken by a change that comes behind a later one, where nothing else told of its loss', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    expect(tell(begun, timed(10), taken(1, 10), timed(20), timed(20)).state.status).toBe('live');

    const machine = tell(timed(15));

    expect(machine.state).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(machine.notes).toMatchObject([{ type: 'gap', text: 'a change that came too late' }]);
    expect([machine.wants.asking, tell(taken(2, 16)).state.status]).toEqual([2, 'stale']);
    expect(tell(taken(3, 20)).state.status).toBe('live');
  });

  it('is not joined by what was held when a change came behind it', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    const machine = tell(begun, timed(10), timed(20), timed(15), timed(30), taken(1, 12));
    expect([machine.state.status, machine.wants.asking]).toEqual(['syncing', 2]);
    const whole = snapshot({ venueTime: 30, bids: [['30', '1']], asks: [['1000', '1']] });
    expect(tell({ type: 'answered', request: 2, snapshot: whole }).state).toMatchObject({
      status: 'live',
      book: { venueTime: 30 },
    });
  });

  it('passes over a change that is linked and comes again: had it been lost, the next one had told', () => {
    const { tell } = machineOf({ rule: eventChainRule });
    tell(begun, linked(10, 'b', 'a'), taken(1, 10));
    expect(tell(linked(20, 'c', 'b'), linked(30, 'd', 'c'), linked(20, 'c', 'b')).state.status).toBe('live');
  });

  it('is broken where the first change behind it does not follow what was told before', () => {
    const { tell } = machineOf({ rule: eventChainRule });
    expect(tell(begun, linked(10, 'a', '-'), taken(1, 15)).state.status).toBe('live');

    const machine = tell(linked(20, 'c', 'b'));

    expect(machine.state).toMatchObject({ status: 'stale', reason: 'gap' });
  });
});

describe('a book joined by request', () => {
  it('holds diffs, drops the stale, and tells the snapshot with the diffs that join it', () => {
    const { tell, tally } = machineOf();
    tell(begun, range(1, 3), range(4, 6), range(7));

    const machine = tell(answer(1, 4));

    expect(claim(machine)).toBe('live 7');
    expect(told(machine)).toEqual(['s4', 6, 7]);
    expect(tally).toMatchObject({ snapshots: 1, diffs: 3, stale: 1, applied: 2, early: 0, gaps: 0 });
  });

  it.each([
    ['by the confirmation', [confirmed, range(1)]],
    ['by the first diff', [range(1), confirmed]],
  ])('asks once, %s', (_, inputs) => {
    const { tell } = machineOf();
    expect(tell(begun).wants.asking).toBe(0);
    expect(tell(...inputs).wants).toMatchObject({ asking: 1, attempt: 1 });
  });

  it('is live by the snapshot alone when nothing is held, and joins the first diff to it', () => {
    const { tell, tally } = machineOf({ rule: linkRule });
    tell(begun, confirmed);
    expect(claim(tell(answer(1, 10)))).toBe('live 10');
    tell(diff({ previousSequence: 7, firstSequence: 8, lastSequence: 9 }));
    expect(claim(tell(diff({ previousSequence: 9, firstSequence: 12, lastSequence: 14 })))).toBe('live 14');
    expect(tally).toMatchObject({ stale: 1, applied: 1, gaps: 0 });
  });

  const linkedBy = (previousSequence: number, lastSequence: number) =>
    diff({ previousSequence, firstSequence: lastSequence, lastSequence });

  it('begins with the diff that ends where the snapshot stands, where the rule has it join', () => {
    const { tell, tally } = machineOf({ rule: linkRule });
    tell(begun, linkedBy(2, 3), linkedBy(3, 5), linkedBy(5, 8));

    expect(told(tell(answer(1, 5)))).toEqual(['s5', 5, 8]);
    expect(tally).toMatchObject({ applied: 2, stale: 1, early: 0 });
  });

  it.each([
    ['was live', [answer(1, 5), linkedBy(6, 7)], 2],
    ['had none that joined', [answer(1, 1), linkedBy(5, 7)], 2],
  ])('folds no such diff again once it %s', (_, inputs, request) => {
    const { tell, tally } = machineOf({ rule: linkRule });
    tell(begun, linkedBy(3, 5), ...inputs, linkedBy(7, 9));
    const { applied } = tally;

    expect(told(tell(answer(request, 7)))).toEqual(['s7', 9]);
    expect(tally.applied).toBe(applied + 1);
  });

  it('keeps what is held when the snapshot is too old, and asks again', () => {
    const { tell, tally } = machineOf();
    tell(begun, range(5), range(6));

    const machine = tell(answer(1, 3));

    expect(claim(machine)).toBe('syncing');
    expect(machine.notes).toEqual([{ type: 'snapshot', attempt: 1, text: expect.stringContaining('old') }]);
    expect(machine.wants).toMatchObject({ asking: 2, attempt: 2 });
    expect(told(tell(answer(2, 4)))).toEqual(['s4', 5, 6]);
    expect(tally).toMatchObject({ snapshots: 1, applied: 2, early: 0 });
  });

  it('passes over an answer to an older question, and one from a session that ended', () => {
    const { tell } = machineOf();
    const asking = tell(begun, range(5), answer(1, 3));
    expect(tell(answer(1, 5))).toEqual(quiet(asking));
    const next = tell(lost, begun);
    expect(tell(answer(2, 5))).toEqual(quiet(next));
  });

  it('counts a failed request as an attempt and waits as long as the venue says', () => {
    const { tell } = machineOf();
    tell(begun, range(5));
    const machine = tell({ type: 'failed', request: 1, text: '429', atLeast: 60_000 });
    expect(machine.notes).toEqual([{ type: 'snapshot', attempt: 1, text: '429' }]);
    expect(machine.wants).toMatchObject({ asking: 2, attempt: 2, atLeast: 60_000 });
    expect(tell(answer(2, 3)).wants).toMatchObject({ asking: 3, attempt: 3, atLeast: 0 });
  });

  it('notices a loss among the held diffs, lets go what lies before it, and lets the snapshot on its way decide', () => {
    const { tell, tally } = machineOf();
    tell(begun, range(1), range(2));

    const machine = tell(range(4));

    expect(machine.notes).toEqual([{ type: 'gap', reason: 'gap', expected: 3, received: 4, text }]);
    expect(machine.wants).toMatchObject({ asking: 1 });
    expect(told(tell(answer(1, 3)))).toEqual(['s3', 4]);
    expect(tally).toMatchObject({ gaps: 1, early: 2, applied: 1, diffs: 3 });
  });

  it('gives up what it holds when that is too many, with one note', () => {
    const { tell, tally } = machineOf({ holdLimit: 16 });
    tell(begun);
    const noted = Array.from({ length: 19 }, (_, i) => tell(range(i + 1)).notes).flat();
    expect(noted).toEqual([{ type: 'dropped', count: 16, text }]);
    expect(tell(answer(1, 15)).wants).toMatchObject({ asking: 2 });
    expect(told(tell(answer(2, 16)))).toEqual(['s16', 17, 18, 19]);
    expect(tally).toMatchObject({ diffs: 19, early: 16, applied: 3 });
  });

  it('joins only the diff that begins its numbers to the snapshot of a new listing', () => {
    const { tell } = machineOf();
    const nothingYet = (request: number): BookInput => ({
      type: 'answered',
      request,
      snapshot: snapshot({ sequence: -1 }),
    });
    tell(begun, range(1, 3));
    expect(claim(tell(nothingYet(1)))).toBe('live 3');

    const late = machineOf();
    late.tell(begun, range(4, 6));
    const machine = late.tell(nothingYet(1));
    expect([claim(machine), machine.wants.asking]).toEqual(['syncing', 2]);
    expect(claim(late.tell(answer(2, 3)))).toBe('live 6');

    const quietMarket = machineOf();
    expect(claim(quietMarket.tell(begun, confirmed, nothingYet(1)))).toBe('live -1');
    expect(claim(quietMarket.tell(range(4, 6)))).toBe('stale -1 gap 0');
  });

  it('gives up what arrives outside a session', () => {
    const { tell, tally } = machineOf();
    const before = tell();
    expect(tell(range(1))).toEqual(quiet(before));
    tell(begun, range(1), range(2), lost, range(3));
    expect(tally).toMatchObject({ diffs: 4, early: 4 });
  });
});

describe('a live book', () => {
  const live = (fields: Partial<BookConfig> = {}) => {
    const all = machineOf(fields);
    all.tell(begun, range(5), answer(1, 4));
    return all;
  };

  it('folds diff by diff, passing over repeats', () => {
    const { tell, tally } = live();
    const machine = tell(range(6));
    expect([claim(machine), told(machine)]).toEqual(['live 6', [6]]);
    expect(tell(range(6))).toEqual(quiet(machine));
    expect(tell(range(2))).toEqual(quiet(machine));
    expect(claim(tell(range(6, 8)))).toBe('live 8');
    expect(tally).toMatchObject({ applied: 3, stale: 2, gaps: 0, diffs: 5 });
  });

  it('goes stale with a gap at once, asks once, holds the gapping diff, and is live again with it', () => {
    const { tell, tally, wait } = live();
    wait(100);

    const stale = tell(range(7));

    expect(claim(stale)).toBe('stale 5 gap 100');
    expect(told(stale)).toEqual(['reset gap']);
    expect(stale.notes).toEqual([{ type: 'gap', reason: 'gap', expected: 6, received: 7, text }]);
    expect(stale.wants).toMatchObject({ asking: 2, attempt: 1 });
    expect(told(tell(range(8)))).toEqual([]);
    wait(30.25);
    const mended = tell(answer(2, 6));
    expect([claim(mended), told(mended)]).toEqual(['live 8', ['s6', 7, 8]]);
    expect(mended.notes).toEqual([{ type: 'resnapshot', after: 30.25, text: 'live after 30 ms' }]);
    expect(tally).toMatchObject({ snapshots: 2, diffs: 3, applied: 3, gaps: 1, early: 0 });
  });

  it('tells how long it was not right, though the clock was set meanwhile', () => {
    const { tell, wait, setClock } = machineOf();
    tell(begun, confirmed, answer(1, 5), range(7));
    setClock(-3_600_000);
    wait(200);
    expect(tell(answer(2, 6)).notes).toMatchObject([{ type: 'resnapshot', after: 200 }]);
  });

  it('waits longer for each break, until it was live for a while', () => {
    const { tell, wait } = live();
    expect(tell(range(7)).wants.attempt).toBe(1);
    tell(answer(2, 7));
    expect(tell(range(9)).wants.attempt).toBe(2);
    tell(answer(3, 9));
    wait(4_999);
    expect(tell(range(11)).wants.attempt).toBe(3);
    tell(answer(4, 11));
    wait(5_000);
    expect(tell(range(13)).wants.attempt).toBe(1);
  });

  it('goes on waiting longer however long a mending takes', () => {
    const { tell, wait } = live();
    tell(range(7));
    wait(60_000);
    expect(tell(answer(2, 3)).wants.attempt).toBe(2);
    wait(60_000);
    expect(tell(answer(3, 3)).wants.attempt).toBe(3);
  });

  // Links that go on while the numbers fall: a snapshot is of what was told since, and what was told before can't meet it.
  it('holds no diffs of numbers that fell by a link since', () => {
    const link = (previousSequence: number, lastSequence: number) =>
      diff({ previousSequence, lastSequence, bids: [[String(lastSequence), '1']] });
    const { tell } = machineOf({ rule: linkRule });
    tell(begun, link(900, 950), link(950, 990), link(990, 15), link(15, 30));
    tell(answer(1, 40), link(30, 45));
    expect(tell(answer(2, 46)).state).toMatchObject({ status: 'live', book: { sequence: 45 } });
  });

  it('reports a link that is missing by the link', () => {
    const { tell } = machineOf({ rule: linkRule });
    tell(begun, confirmed, answer(1, 4));
    const machine = tell(diff({ previousSequence: 9, firstSequence: 12, lastSequence: 14 }));
    expect(machine.notes).toEqual([{ type: 'gap', reason: 'gap', expected: 4, received: 9, text }]);
  });

  it('never claims a crossed book, and asks ever more slowly while the venue tells nothing better', () => {
    const { tell, tally } = live();

    const stale = tell(range(6, 6, [['1000.0', '1']]));

    expect(claim(stale)).toBe('stale 5 crossed 0');
    expect(told(stale)).toEqual(['reset crossed']);
    const crossed = snapshot({ sequence: 7, bids: [['1001', '1']], asks: [['1000', '1']] });
    const again = tell({ type: 'answered', request: 2, snapshot: crossed });
    expect(claim(again)).toBe('stale 5 crossed 0');
    expect(again.wants).toMatchObject({ asking: 3, attempt: 2 });
    expect(tell({ type: 'answered', request: 3, snapshot: crossed }).wants).toMatchObject({ asking: 4, attempt: 3 });
    expect(claim(tell(answer(4, 6)))).toBe('live 6');
    expect(tally).toMatchObject({ crossed: 1, snapshots: 2, applied: 1, stale: 1, diffs: 2 });
  });

  it('does not claim a snapshot that a held diff crosses', () => {
    const { tell, tally } = machineOf();
    tell(begun, range(5), range(6, 6, [['1001', '1']]), range(7, 7, [['1001', '0']]));

    const machine = tell(answer(1, 4));

    expect(claim(machine)).toBe('syncing');
    expect(machine.wants).toMatchObject({ asking: 2 });
    expect(claim(tell(answer(2, 6)))).toBe('live 7');
    expect(tally).toMatchObject({ crossed: 1, applied: 2, stale: 1, diffs: 3 });
  });

  it('tests the checksum after each fold', () => {
    const checksum = ({ bids }: { readonly bids: { readonly length: number } }, expected: number | string) =>
      bids.length === expected;
    const { tell, tally } = machineOf({ fold: checksummed(checksum) });
    tell(begun, { ...range(5), checksum: 2 }, answer(1, 4));
    expect(claim(tell({ ...range(6), checksum: 3 }))).toBe('live 6');
    expect(claim(tell(range(7)))).toBe('live 7');

    const stale = tell({ ...range(8), checksum: 1 });

    expect(claim(stale)).toBe('stale 7 checksum 0');
    expect(stale.notes).toEqual([
      { type: 'gap', reason: 'checksum', expected: 1, text: 'checksum, expected 1, got another' },
    ]);
    expect(told(stale)).toEqual(['reset checksum']);
    const unfit = tell({ type: 'answered', request: 2, snapshot: { ...at(8), checksum: 9 } });
    expect(claim(unfit)).toBe('stale 7 checksum 0');
    expect(tally).toMatchObject({ checksumsHeld: 2, checksumsFailed: 2 });
  });

  it('keeps its last book while the session is lost, and empties it before the next', () => {
    const { tell, wait } = live();
    wait(10);
    const stale = tell(lost);
    expect([claim(stale), told(stale)]).toEqual(['stale 5 disconnected 10', ['reset disconnected']]);
    wait(10);
    const again = tell(begun);
    expect([claim(again), told(again)]).toEqual(['stale 5 disconnected 10', []]);
    expect(told(tell(range(2), answer(2, 1)))).toEqual(['s1', 2]);
    const { state } = tell();
    // Nothing of 4 and 5 is left, though the venue's numbers began anew.
    expect(state.status === 'live' && state.book.bids.slice().map(({ price }) => price)).toEqual([2, 1]);
  });

  it('says gap when the wire lost count', () => {
    const { tell, tally } = live();
    const machine = tell({ type: 'lost', reason: 'gap' });
    expect([claim(machine), told(machine)]).toEqual(['stale 5 gap 0', ['reset gap']]);
    expect(machine.notes).toEqual([{ type: 'gap', reason: 'gap', text: 'gap' }]);
    expect(tally.gaps).toBe(1);
  });

  it('stays stale since the first moment when one trouble follows another', () => {
    const { tell, wait } = live();
    wait(10);
    tell(range(8));
    wait(10);
    expect(claim(tell(lost))).toBe('stale 5 disconnected 10');
  });

  it('is silent until the next diff that continues it, without a snapshot', () => {
    const { tell, wait } = live();
    wait(50);
    const silent = tell({ type: 'silence' });
    expect([claim(silent), told(silent), silent.notes]).toEqual(['stale 5 silent 50', [], []]);
    expect(tell(range(5))).toEqual(quiet(silent));
    const machine = tell(range(6));
    expect([claim(machine), told(machine), machine.notes]).toEqual(['live 6', [6], []]);
    expect(machine.wants.asking).toBe(0);
  });

  it('mends a gap after silence, stale since the silence', () => {
    const { tell, wait } = live();
    tell({ type: 'silence' });
    wait(20);
    expect(claim(tell(range(9)))).toBe('stale 5 gap 0');
  });

  it('is mended by hand, once', () => {
    const { tell } = live();
    const machine = tell({ type: 'resync' });
    expect([claim(machine), told(machine), machine.notes]).toEqual(['stale 5 resync 0', ['reset resync'], []]);
    expect(machine.wants.asking).toBe(2);
    expect(tell({ type: 'resync' })).toEqual(quiet(machine));
  });

  it('has its snapshot when its stream is known to flow, whoever asks before', () => {
    const { tell } = live();
    tell({ type: 'lost', reason: 'closed' }, begun);
    const asked = tell({ type: 'resync' });
    expect([claim(asked), asked.wants.asking]).toEqual(['stale 5 disconnected 0', 0]);
    const flowing = tell(confirmed);
    expect(flowing.wants.asking).toBe(2);
    expect(claim(tell(answer(2, 7)))).toBe('live 7');
  });

  it('waits for no pause where it is mended by plan', () => {
    const { tell } = live();
    for (let time = 0, asking = 2; time < 5; time += 1, asking += 1) {
      expect(tell({ type: 'resync', isPlanned: true }).wants).toMatchObject({ asking, attempt: 1 });
      tell(answer(asking, 5));
    }
  });

  it('starts over where the venue says so in the stream', () => {
    const { tell } = live();
    const machine = tell(reset({ reason: 'gap' }));
    expect([claim(machine), told(machine)]).toEqual(['stale 5 gap 0', ['reset gap']]);
    expect(machine.wants.asking).toBe(2);
  });

  it('is replaced by a snapshot in the stream', () => {
    const { tell, tally } = live();
    const machine = tell(at(3));
    expect([claim(machine), told(machine)]).toEqual(['live 3', ['s3']]);
    expect(claim(tell(range(4)))).toBe('live 4');
    expect(tally.snapshots).toBe(2);
  });
});

describe('a book joined by the first frame', () => {
  const framed = () => machineOf({ rule: linkRule, join: 'frame', mend: 'resubscribe' });
  const link = (previousSequence: number, lastSequence: number) =>
    diff({ previousSequence, lastSequence, bids: [[String(lastSequence), '1']] });

  it('gives the snapshot its time, and counts what comes before it as early', () => {
    const { tell, tally, request } = framed();
    tell(begun, confirmed, link(1, 2));
    expect(claim(tell(at(2)))).toBe('live 2');
    expect(claim(tell(link(2, 9)))).toBe('live 9');
    expect(request()).toBe(1);
    expect(tally).toMatchObject({ early: 1, applied: 1, snapshots: 1 });
  });

  it('is mended by the snapshot of a new subscription, and folds nothing until then', () => {
    const { tell, tally } = framed();
    tell(begun, at(2));
    const stale = tell(link(3, 4));
    expect([claim(stale), stale.wants]).toMatchObject(['stale 2 gap 0', { asking: 1, by: 'subscription' }]);
    tell(link(4, 5));
    const machine = tell(at(5));
    expect([claim(machine), told(machine), machine.wants.asking]).toEqual(['live 5', ['s5'], 0]);
    expect(tally).toMatchObject({ early: 2, gaps: 1, snapshots: 2, diffs: 2 });
  });

  it('subscribes anew when the new snapshot is crossed, ever more slowly', () => {
    const { tell } = framed();
    const crossed = snapshot({ sequence: 7, bids: [['2', '1']], asks: [['1', '1']] });
    tell(begun, at(2));
    const first = tell(crossed);
    expect([claim(first), first.wants.attempt]).toEqual(['stale 2 crossed 0', 1]);
    expect(first.notes).toEqual([{ type: 'gap', reason: 'crossed', text }]);
    const second = tell(crossed);
    expect([claim(second), second.wants.attempt, second.notes[0]?.type]).toEqual(['stale 2 crossed 0', 2, 'snapshot']);
  });

  it('waits for the snapshot that follows a reset in the stream', () => {
    const { tell } = framed();
    tell(begun, at(2));
    const machine = tell(reset({ reason: 'connected' }));
    expect([claim(machine), machine.wants.asking]).toEqual(['stale 2 disconnected 0', 0]);
    expect(claim(tell(at(9)))).toBe('live 9');
  });
});

describe('a book that each message replaces', () => {
  it('is right again with the next message, and nothing is requested', () => {
    const { tell, tally } = machineOf({ rule: replaceRule, join: 'frame', mend: 'resubscribe' });
    const crossed = snapshot({ bids: [['2', '1']], asks: [['1', '1']] });
    expect(claim(tell(begun, at(1), at(2)))).toBe('live 2');
    const stale = tell(crossed);
    expect([claim(stale), stale.wants.asking]).toEqual(['stale 2 crossed 0', 0]);
    expect(tell(crossed)).toEqual(quiet(stale));
    const machine = tell(at(3));
    expect([claim(machine), machine.notes]).toEqual(['live 3', [{ type: 'resnapshot', after: 0, text }]]);
    expect(tally).toMatchObject({ snapshots: 3, diffs: 0 });
  });

  it('is stale with every break, and tells them less and less often until it has held', () => {
    const { tell, tally, wait } = machineOf({ rule: replaceRule, join: 'frame', mend: 'resubscribe' });
    tell(begun, at(0));
    const broken = (sequence: number): readonly [string, number, string, number] => {
      const stale = tell({ type: 'missed' });
      const live = tell(at(sequence));
      return [claim(stale), stale.notes.length, claim(live), live.notes.length];
    };
    const eachTold = Array.from({ length: 9 }, (_, i) => broken(i + 1));

    expect(eachTold.map(([, gaps, , mendings]) => [gaps, mendings])).toEqual(
      [1, 1, 0, 1, 0, 0, 0, 1, 0].map((count) => [count, count]),
    );
    expect(eachTold.at(-1)).toEqual(['stale 8 gap 0', 0, 'live 9', 0]);
    expect(tally).toMatchObject({ gaps: 9 });
    expect(claim(tell({ type: 'resync' }))).toBe('stale 9 resync 0');
    expect(tell(at(10)).notes).toHaveLength(1);
    wait(5_000);
    expect(broken(11)).toEqual(['stale 10 gap 5000', 1, 'live 11', 1]);
  });
});

describe('a diff of a counting that is over', () => {
  it('breaks the book though its number is the next one: by its time it came late, or a clock was set back', () => {
    const { tell } = machineOf({ rule: stepRule, join: 'frame', mend: 'resubscribe' });
    const at = (venueTime: number, lastSequence: number) => diff({ lastSequence, venueTime, bids: [['2', '1']] });
    tell(begun, snapshot({ sequence: 1, venueTime: 20_000, bids: [['1', '1']] }), at(20_100, 2));

    const { state, notes, wants } = tell(at(8_000, 3));

    expect(state).toMatchObject({ status: 'stale', reason: 'gap', book: { sequence: 2 } });
    expect(notes).toMatchObject([{ text: 'gap, 3 of an earlier time' }]);
    expect(wants).toMatchObject({ by: 'subscription' });
    // The clock is set back: what it tells from now on is as right.
    tell(begun, snapshot({ sequence: 4, venueTime: 8_100, bids: [['1', '1']] }));
    expect(tell(at(8_200, 5)).state).toMatchObject({ status: 'live', book: { sequence: 5 } });
  });
});

describe('a snapshot in the stream that came late', () => {
  const whole = { rule: replaceRule, join: 'frame', mend: 'resubscribe' } as const;
  const stepped = { ...whole, rule: stepRule } as const;
  const from = (venueTime: number, sequence?: number) => snapshot({ sequence, venueTime, bids: [['1', '1']] });
  const timeOf = ({ state }: Said): unknown => state.status === 'live' && state.book.venueTime;

  it.each([
    ['by its time, where nothing else tells', whole, from(9)],
    ['by time and number', whole, from(9, 4)],
    ['by time, under the number of the book', whole, from(9, 5)],
    ['by time, under a number of a counting that may be over', whole, from(9, 600)],
    ['by its number, at the same time', whole, from(10, 4)],
    ['in a book that diffs go on from', stepped, from(9, 4)],
    ['by its time, under a number that does not go on', stepped, from(9, 8)],
    ['by its time, earlier by a second, under the next number', stepped, from(-990, 6)],
    ['by its time, where numbers may fall', { ...whole, rule: linkRule }, from(9, 8)],
  ])('is passed over: %s', (_, fields, late) => {
    const { tell, tally } = machineOf(fields);
    tell(begun, from(10, late.sequence === undefined ? undefined : 5));

    const said = tell(late);

    expect(timeOf(said)).toBe(10);
    expect(said.events).toEqual([]);
    // It is no diff, and those that are passed over add up with the others to all diffs.
    expect(tally).toMatchObject({ stale: 0, diffs: 0, snapshots: 1 });
    expect(timeOf(tell(from(11, 6)))).toBe(11);
  });

  it.each([
    ['bears a lower number at a later time', whole, from(11, 4)],
    ['is of the same time', whole, from(10)],
    ['begins the numbers', stepped, from(10, 1)],
    ['bears the next number', stepped, from(9, 6)],
    ['is timed by what stands in it', { ...whole, rule: { ...replaceRule, isTimed: false } }, from(9)],
    ['is of a stream whose diffs would go on from it unseen', { ...whole, rule: wireRule }, from(9, 4)],
  ])('is none where it %s', (_, fields, next) => {
    const { tell } = machineOf(fields);
    tell(begun, from(10, next.sequence === undefined ? undefined : 5));

    expect(timeOf(tell(next))).toBe(next.venueTime);
  });

  it('makes no broken book live again, where the next one follows by itself', () => {
    const { tell, tally } = machineOf(whole);
    tell(begun, from(10, 5), { type: 'missed' });

    expect([from(9, 4), from(11, 6)].map((one) => claim(tell(one)))).toEqual(['stale 5 gap 0', 'live 6']);
    expect(tally).toMatchObject({ snapshots: 2, stale: 0 });
  });

  it.each([
    ['is believed after a few', whole, [from(7, 1), from(8, 2), from(9, 3)], [false, false, 9]],
    ['is of another session', whole, [lost, begun, from(7, 1)], [false, false, 7]],
    ['is all that comes', stepped, [from(7, 4)], [7]],
  ])('mends a broken book where it %s', (_, fields, inputs: readonly BookInput[], times) => {
    const { tell } = machineOf(fields);
    tell(begun, from(10, 5), fields === stepped ? diff({ lastSequence: 8 }) : { type: 'missed' });

    expect(inputs.map((one) => timeOf(tell(one)))).toEqual(times);
  });

  it('is none where all go on behind the book: the clock was set back, and numbers began anew', () => {
    const { tell } = machineOf(whole);
    const times = [tell(begun, from(10, 5)), tell(from(7, 1)), tell(from(8, 2)), tell(from(9, 3))].map(timeOf);

    expect(times).toEqual([10, 10, 10, 9]);
  });

  it('is none where all go on behind the book: the clock was set back', () => {
    const { tell } = machineOf(whole);
    const times = [tell(begun, from(10, 5)), tell(from(7, 6)), tell(from(8, 7)), tell(from(9, 8))].map(timeOf);

    expect(times).toEqual([10, 10, 10, 9]);
  });
});

describe('a book without numbers', () => {
  it('folds what nothing numbers, until a book is crossed', () => {
    const { tell } = machineOf({ rule: noRule, join: 'frame', mend: 'resubscribe' });
    tell(begun, snapshot({ bids: [['1', '1']], asks: [['3', '1']] }));
    expect(claim(tell(diff({ bids: [['2', '1']] })))).toBe('live undefined');
    expect(claim(tell(diff({ bids: [['3', '1']] })))).toBe('stale undefined crossed 0');
  });
});

describe('a book that nothing numbers', () => {
  const unnumbered = { rule: noRule, join: 'frame', mend: 'resubscribe' } as const;
  const missed = { type: 'missed' } as const;
  const again = [{ type: 'lost', reason: 'gap' }, begun] as const;

  it.each([noRule, watermarkRule, increasingRule])('is broken by a message that could not be read: $name', (rule) => {
    const { tell, tally } = machineOf({ ...unnumbered, rule });
    tell(begun, at(1));

    const machine = tell(missed);

    expect(claim(machine)).toBe('stale 1 gap 0');
    expect(machine.wants).toMatchObject({ asking: 1, attempt: 1 });
    expect(machine.notes).toEqual([{ type: 'gap', reason: 'gap', text: 'message missing' }]);
    expect(tally.gaps).toBe(1);
  });

  it('wants another snapshot than the one under way, which may have been taken before it', () => {
    const { tell } = machineOf({ rule: watermarkRule });
    expect(tell(begun, confirmed).wants.asking).toBe(1);
    expect(tell(missed).wants.asking).toBe(2);
  });

  it.each([
    ['asks anew when it may have missed its first snapshot', { ...unnumbered }, 1],
    ['so does one with numbers', { ...unnumbered, rule: rangeRule }, 1],
    ['the next message of a whole book is enough', { ...unnumbered, rule: replaceRule }, 0],
  ])('%s', (_, fields, asking) => {
    const { tell } = machineOf(fields);
    expect(tell(begun, missed).wants.asking).toBe(asking);
    expect(tell(missed).wants.asking).toBe(asking);
  });

  it('holds on where the next number tells, unless none can be read any more', () => {
    const { tell } = machineOf();
    tell(begun, range(1), answer(1, 1));
    expect(claim(tell(missed))).toBe('live 1');
    expect(claim(tell({ ...missed, count: 2 }))).toBe('live 1');
    const machine = tell({ ...missed, count: 3 });
    expect([claim(machine), machine.wants.asking]).toEqual(['stale 1 gap 0', 2]);
  });

  it('lets go what it held for a snapshot, and asks again', () => {
    const { tell, tally } = machineOf({ rule: noRule });
    tell(begun, diff({ bids: [['1', '1']] }));
    const machine = tell(missed);
    expect(machine.wants).toMatchObject({ asking: 2 });
    expect(tally).toMatchObject({ gaps: 1, early: 1 });
    // It claimed nothing: that the message could not be read is told by itself.
    expect(machine.notes).toEqual([]);
  });

  it('counts its own new subscription as no loss, and its attempts on', () => {
    const { tell, tally, wait } = machineOf(unnumbered);
    tell(begun, at(1));
    wait(1_000);

    expect(claim(tell({ type: 'resync' }))).toBe('stale 1 resync 1000');
    const begunAgain = tell(...again);
    expect(claim(begunAgain)).toBe('stale 1 resync 1000');
    expect(begunAgain.wants).toMatchObject({ asking: 1, attempt: 1 });
    expect(tally.gaps).toBe(0);
    expect(told(tell(at(2)))).toEqual(['s2']);
    // Broken again at once: the second attempt in a row.
    expect(tell(missed).wants.attempt).toBe(2);
    expect(tell({ type: 'failed', request: 2, text: 'none came', atLeast: 0 }, ...again).wants.attempt).toBe(3);
  });

  it('forgets what it requested when the wire is lost', () => {
    const { tell } = machineOf(unnumbered);
    tell(begun, at(1), missed);
    expect(tell(lost).wants.asking).toBe(0);
    expect(tell(begun).wants.asking).toBe(0);
  });

  it('tells diffs with the sizes as they were read, and breaks where they contradict the book', () => {
    const { tell } = machineOf({ ...unnumbered, fold: sized(signedSizes) });
    tell(begun, snapshot({ bids: [['1', '5']] }));

    const folded = tell(diff({ bids: [['1', '-2']] }));
    expect(folded.events).toMatchObject([{ bids: [{ price: 1, size: 3 }] }]);
    expect(folded.state).toMatchObject({ status: 'live' });
    expect(folded.state.status === 'live' && folded.state.book.bids.sizeAt(1)).toBe(3);

    const machine = tell(diff({ bids: [['1', '-4']] }));
    expect(machine.state).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(machine.notes).toEqual([{ type: 'gap', reason: 'gap', text: 'a change of -4 at 1 leaves -1' }]);
  });

  it('reads the sizes of held diffs too', () => {
    const { tell } = machineOf({ rule: noRule, fold: sized(signedSizes) });
    tell(begun, diff({ bids: [['1', '-2']] }));
    const joined = tell({ type: 'answered', request: 1, snapshot: snapshot({ bids: [['1', '5']] }) });
    expect(joined.state).toMatchObject({ status: 'live' });
    expect(joined.state.status === 'live' && joined.state.book.bids.sizeAt(1)).toBe(3);

    const other = machineOf({ rule: noRule, fold: sized(signedSizes) });
    other.tell(begun, diff({ bids: [['1', '-2']] }));
    const unfit = other.tell({ type: 'answered', request: 1, snapshot: snapshot({ bids: [['1', '1']] }) });
    expect(unfit.notes).toMatchObject([
      { type: 'snapshot', text: expect.stringContaining('a change of -2 at 1 leaves -1') },
    ]);
  });

  it('doubts what it holds when diff after diff lies behind it: it is of another book, or of a counting before', () => {
    const { tell } = machineOf({ rule: stepRule, join: 'request', mend: 'request' });
    const numbered = (lastSequence: number) => diff({ firstSequence: lastSequence, lastSequence, bids: [['1', '1']] });
    const answered = (request: number, sequence: number) =>
      ({ type: 'answered', request, snapshot: snapshot({ sequence, bids: [['1', '1']] }) }) as const;
    tell(begun, numbered(5), answered(1, 5), numbered(9_000), answered(2, 5), numbered(6), numbered(7));
    expect(tell(answered(3, 7)).state.status).toBe('stale');

    expect(tell(numbered(8)).notes).toMatchObject([{ type: 'gap', expected: 9_001, received: 8 }]);
    tell(numbered(9));
    expect(tell(answered(4, 8)).state).toMatchObject({ status: 'live', book: { sequence: 9 } });
  });

  it('does not doubt it for diffs that come twice or too late', () => {
    const { tell } = machineOf({ rule: stepRule, join: 'request', mend: 'request' });
    const numbered = (lastSequence: number) => diff({ firstSequence: lastSequence, lastSequence, bids: [['1', '1']] });

    tell(begun, ...[5, 5, 5, 6, 6, 5, 7].map(numbered));
    const answer = snapshot({ sequence: 4, bids: [['1', '2']] });

    expect(tell({ type: 'answered', request: 1, snapshot: answer }).state).toMatchObject({
      status: 'live',
      book: { sequence: 7 },
    });
  });
});

describe('numbers that begin anew on an open socket', () => {
  const linked = (first: number, last: number) =>
    diff({ previousSequence: first - 1, firstSequence: first, lastSequence: last, bids: [['1', String(last)]] });
  const single = (_: number, last: number) =>
    diff({ firstSequence: last, lastSequence: last, bids: [['1', String(last)]] });
  const timed = (_: number, last: number) => diff({ venueTime: last, bids: [['1', String(last)]] });
  const numbered = (sequence: number) =>
    snapshot({ sequence, venueTime: sequence, bids: [['1', String(sequence)]], asks: [['1000', '1']] });
  const ranged = (first: number, last = first, bids: readonly LevelLike[] = [['1', String(last)]]) =>
    range(first, last, bids);
  const from = (request: number, sequence: number) =>
    ({ type: 'answered', request, snapshot: numbered(sequence) }) as const;
  const RULES = [
    [rangeRule, (first: number, last: number) => ranged(first, last)],
    [linkRule, linked],
    [stepRule, single],
    [increasingRule, single],
    [watermarkRule, timed],
  ] as const;

  const tellLosses = RULES.filter(([{ isBlind }]) => isBlind !== true);
  it.each(tellLosses)('are known by the third diff in a row behind the book: %#', (rule, of) => {
    const { tell, tally } = machineOf({ rule });
    tell(begun, of(1_002, 1_002), from(1, 1_001), of(1_003, 1_003));
    const still = tell(of(1, 1), of(2, 2));
    expect([still.state.status, still.notes]).toEqual(['live', []]);

    const machine = tell(of(3, 3));

    expect(machine.state).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(machine.notes).toMatchObject([{ type: 'gap', reason: 'gap' }]);
    expect(machine.wants.asking).toBe(2);
    tell(of(4, 4));
    expect(tell(from(2, 3)).state).toMatchObject({ status: 'live' });
    expect(tally).toMatchObject({ gaps: 1, snapshots: 2 });
  });

  // The first may as well have come too late, and its loss has left no other trace.
  const blind = RULES.filter(([{ isBlind }]) => isBlind === true);
  it.each(blind)(
    'have the book stale by the first diff behind it where no loss is told, and are known by the third: %#',
    (rule, of) => {
      const { tell, tally } = machineOf({ rule });
      // By time alone a snapshot joins only where it holds the first that was told.
      tell(begun, of(1_002, 1_002), from(1, rule === watermarkRule ? 1_002 : 1_001), of(1_003, 1_003));
      const first = tell(of(1, 1));
      expect([first.state, first.wants.asking]).toMatchObject([{ status: 'stale', reason: 'gap' }, 2]);

      const machine = tell(of(2, 2), of(3, 3));

      expect([machine.state.status, machine.wants.asking]).toEqual(['stale', 2]);
      tell(of(4, 4));
      expect(tell(from(2, 3)).state).toMatchObject({ status: 'live' });
      expect(tally).toMatchObject({ gaps: 2, snapshots: 2 });
    },
  );

  // By the first where each diff is one number, by the second where a diff tells its width.
  it.each(RULES)('are known by the third diff at the latest behind a snapshot that is far ahead: %#', (rule, of) => {
    const { tell } = machineOf({ rule });
    const still = rule === stepRule ? 0 : rule === rangeRule || rule === linkRule ? 1 : 2;
    tell(begun, confirmed, from(1, 1_002));
    for (let n = 1; n <= still; n += 1) expect(tell(of(n, n)).state.status).toBe('live');
    expect(tell(of(still + 1, still + 1)).state).toMatchObject({ status: 'stale', reason: 'gap' });
  });

  it.each(RULES)('are known where the snapshot lies far ahead of what is held: %#', (rule, of) => {
    const { tell } = machineOf({ rule });
    tell(begun, of(1, 1), of(2, 2), of(3, 3));
    const machine = tell(from(1, 1_002));
    expect([machine.state.status, machine.wants.asking]).toEqual(['syncing', 2]);
    expect(tell(from(2, 3)).state.status).toBe('live');
  });

  it.each(RULES)('leave room for a snapshot some diffs newer than the stream: %#', (rule, of) => {
    const { tell, tally } = machineOf({ rule });
    tell(begun, confirmed, from(1, 1_012));
    for (let n = 1_000; n <= 1_013; n += 1) expect(tell(of(n, n)).state.status).toBe('live');
    expect(tally).toMatchObject({ gaps: 0, snapshots: 1 });
  });

  const [, ...numberedRules] = [...RULES].reverse();
  it.each(numberedRules)(
    'are known by a diff that is later than the snapshot that is said to hold it: %#',
    (rule, of) => {
      const { tell } = machineOf({ rule });
      const told = (n: number, venueTime: number) => ({ ...of(n, n), venueTime });
      tell(begun, confirmed, from(1, 1_012));
      expect(tell(told(1_000, 900), told(1_001, 2_011)).state.status).toBe('live');
      const machine = tell(told(1_002, 2_012));
      expect([machine.state, machine.wants.asking]).toMatchObject([{ status: 'stale', reason: 'gap' }, 2]);
      // The cache answers once more, and then no more.
      expect(tell(from(2, 1_012)).state.status).toBe('stale');
      expect(tell(from(3, 1_002)).state.status).toBe('live');
    },
  );

  it.each(numberedRules)('are known so of what is held for the snapshot: %#', (rule, of) => {
    const { tell } = machineOf({ rule });
    tell(begun, { ...of(1_001, 1_001), venueTime: 2_012 });
    const machine = tell(from(1, 1_012));
    expect([machine.state.status, machine.wants.asking]).toEqual(['syncing', 2]);
  });

  it.each(numberedRules)(
    'leave little room for a snapshot of the stream itself, which comes before what follows it: %#',
    (rule, of) => {
      const { tell } = machineOf({ rule, join: 'frame', mend: 'resubscribe' });
      tell(begun, numbered(1_027));
      for (const n of [1_008, 1_009]) expect(tell(of(n, n)).state.status).toBe('live');
      expect(tell(of(1_010, 1_010)).state).toMatchObject({ status: 'stale', reason: 'gap' });
    },
  );

  it.each([
    ['one that overtakes the book from behind', [ranged(1, 600), ranged(601, 1_200)]],
    ['one that begins before the last diff began', [ranged(1, 1_200)]],
    ['one that ends where the book stands, with other levels', [ranged(1, 1_002, [['5', '5']]), ranged(1_003, 1_004)]],
  ])('never go on from the old ones: %s', (_, diffs) => {
    const { tell } = machineOf();
    tell(begun, ranged(1_001, 1_002), from(1, 1_000));
    expect(tell(...diffs).state).toMatchObject({ status: 'stale', reason: 'gap', book: { sequence: 1_002 } });
  });

  it('are not seen in diffs that come again in a row, up to the one that the book stands by', () => {
    const { tell, tally } = machineOf();
    const told = [1_001, 1_002, 1_003].map((n) => ranged(n));
    tell(begun, ...told, from(1, 1_000));
    expect(tell(...told.slice(1), ...told.slice(1), ranged(1_003), ranged(1_003), ranged(1_004)).state).toMatchObject({
      status: 'live',
      book: { sequence: 1_004 },
    });
    expect(tally.gaps).toBe(0);
  });

  // A snapshot that came before any diff was believed; the session's first diffs lie behind what was told before it.
  it.each([
    ['is given up for lacking them', [['1', '4']], 'stale'],
    ['goes on with them', [['1', '5']], 'live'],
  ] as const)('between two sessions: a cached snapshot that says it holds their first diffs %s', (_, bids, status) => {
    const { tell, tally } = machineOf({ rule: stepRule });
    const cached = snapshot({ sequence: 5, bids, asks: [['1000', '1']] });
    tell(begun, single(1, 1), from(1, 0), ...[2, 3, 4, 5].map((n) => single(n, n)), lost, begun, confirmed);
    expect(tell({ type: 'answered', request: 2, snapshot: cached }).state.status).toBe('live');
    expect(tell(...[2, 3, 4, 5].map((n) => single(n, n))).state.status).toBe('live');

    expect(tell(single(6, 6)).state).toMatchObject({ status });
    expect(tally.gaps).toBe(status === 'stale' ? 1 : 0);
  });

  it('have a snapshot ahead of the stream believed only when another shows that its counting goes on', () => {
    const { tell } = machineOf();
    tell(begun, ranged(1_002), from(1, 1_001), ranged(1), ranged(2), ranged(3));
    // Cached from before: the same again is no proof.
    expect(tell(from(2, 1_002)).wants).toMatchObject({ asking: 3, attempt: 2 });
    expect(tell(from(3, 1_002)).notes).toMatchObject([{ type: 'snapshot' }]);
    expect(claim(tell(from(4, 3)))).toBe('live 3');

    const lagging = machineOf();
    lagging.tell(begun, ranged(1_002), from(1, 1_001), ranged(1), ranged(2), ranged(3));
    lagging.tell(from(2, 6), ranged(4), from(3, 7), ranged(5));
    expect(claim(lagging.tell())).toBe('stale 1002 gap 0');
    expect(told(lagging.tell(ranged(6)))).toEqual(['s6']);
    expect(claim(lagging.tell(ranged(7)))).toBe('live 7');
  });

  // Both come out of caches, of countings that are over.
  it('have a snapshot ahead of the stream proven by none that is too far ahead itself', () => {
    const { tell } = machineOf();
    // The stream tells of prices that the snapshot does not reach.
    const short = (request: number, sequence: number) =>
      ({
        type: 'answered',
        request,
        snapshot: snapshot({ sequence, bids: [['5', '1']], asks: [['1000', '1']] }),
      }) as const;
    tell(begun, ranged(2_000_002), short(1, 2_000_001), ranged(1), ranged(2), ranged(3), short(2, 5));
    tell(short(3, 2_000_001), ranged(4), ranged(5));
    expect(claim(tell())).toBe('stale 2000002 gap 0');
    expect(claim(tell(short(4, 6)))).toBe('live 5');
  });

  it.each([
    ['are several diffs old', [15, 30, 45]],
    ['are one diff old', [15]],
  ])('are linked to the old ones: where they %s, no snapshot of those is believed', (_, numbers) => {
    const link = (previousSequence: number, firstSequence: number, lastSequence: number) =>
      diff({ previousSequence, firstSequence, lastSequence, bids: [['1', String(lastSequence)]] });
    const { tell } = machineOf({ rule: linkRule });
    tell(begun, link(900_900, 900_901, 900_950), from(1, 900_900), link(900_950, 900_951, 900_990));
    numbers.forEach((number, i) => tell(link(numbers[i - 1] ?? 900_990, number - 9, number)));
    const newest = Number(numbers.at(-1));
    expect(claim(tell())).toBe(`live ${newest}`);

    const cached = from(2, 900_950);
    expect(claim(tell({ type: 'resync' }, cached, link(newest, newest + 1, newest + 9)))).toBe(
      `stale ${newest} resync 0`,
    );
    expect(claim(tell(from(3, newest + 9)))).toBe(`live ${newest + 9}`);
  });

  // Of a counting that is over not all was heard: a cache may be from ahead of that.
  it.each([
    ['well before the first that was told of the old ones', 900_850],
    ['right before it', 900_900],
    ['after the last', 900_995],
  ])('have no snapshot believed that was cached %s, though a link leaps over it', (_, number) => {
    const link = (previousSequence: number, firstSequence: number, lastSequence: number, price = '1') =>
      diff({ previousSequence, firstSequence, lastSequence, bids: [[price, String(lastSequence)]] });
    const { tell } = machineOf({ rule: linkRule });
    tell(begun, link(900_900, 900_901, 900_950), from(1, 900_900), link(900_950, 900_951, 900_990));
    tell(link(100, 101, 110), link(110, 111, 120), link(120, 121, 130), link(130, 8_000_001, 8_000_030, '2'));
    expect(claim(tell(from(2, number)))).toBe('stale 900990 gap 0');
    const sides = {
      bids: [
        ['2', '8000030'],
        ['1', '8000040'],
      ],
      asks: [['1000', '1']],
    } as const;
    const whole = snapshot({ sequence: 8_000_040, ...sides });
    tell(link(8_000_030, 8_000_031, 8_000_040), { type: 'answered', request: 3, snapshot: whole });
    expect(claim(tell())).toBe('live 8000040');
  });

  it('have a cache of those before last believed no more, though it lies before all that was told of them', () => {
    const { tell } = machineOf();
    const short = (request: number, sequence: number) =>
      ({
        type: 'answered',
        request,
        snapshot: snapshot({ sequence, bids: [['5', '1']], asks: [['1000', '1']] }),
      }) as const;
    const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => ranged(first + i));
    tell(begun, ranged(2_000_002), short(1, 2_000_001), ...upTo(21, 23), short(2, 23));
    expect(claim(tell())).toBe('live 23');

    tell(...upTo(5, 30));
    expect(claim(tell(short(3, 22)))).toBe('stale 23 gap 0');
    expect(claim(tell(ranged(31), short(4, 31)))).toBe('live 31');
  });

  it.each([
    ['behind the book', [1, 600, 1_200]],
    ['one that was lost behind the book', [700, 1_200]],
  ])('never go on from the old ones by a link to %s', (_, numbers) => {
    const link = (previousSequence: number, lastSequence: number) =>
      diff({ previousSequence, lastSequence, bids: [['1', String(lastSequence)]] });
    const { tell } = machineOf({ rule: linkRule });
    tell(begun, link(1_000, 1_002), from(1, 1_003));
    expect(claim(tell())).toBe('live 1003');

    numbers.slice(1).forEach((number, i) => tell(link(Number(numbers[i]), number)));
    expect(claim(tell())).toBe('stale 1003 gap 0');
  });

  it('are those of the book that a link to its snapshot leads to, however low', () => {
    const link = (previousSequence: number, lastSequence: number) =>
      diff({ previousSequence, lastSequence, bids: [['1', String(lastSequence)]] });
    const { tell } = machineOf({ rule: linkRule });
    tell(begun, link(9_000, 9_001), link(9_001, 9_005), from(1, 9_010), link(9_010, 20));
    expect(claim(tell())).toBe('live 20');
    expect(claim(tell(link(20, 30)))).toBe('live 30');
    // Late, and long in the snapshot.
    expect(claim(tell(link(9_005, 9_010)))).toBe('stale 30 gap 0');
  });

  it('have no cache believed that goes back to the old ones after it answered by the new ones', () => {
    const { tell } = machineOf();
    const of = (request: number, sequence: number, size: number) =>
      ({
        type: 'answered',
        request,
        snapshot: snapshot({ sequence, bids: [['1', String(size)]], asks: [['1000', '1']] }),
      }) as const;
    tell(begun, ranged(1_002), of(1, 1_001, 1_001), ranged(1), ranged(2), ranged(3), of(2, 3, 3));
    expect(claim(tell(ranged(4)))).toBe('live 4');

    tell(ranged(6));
    expect(claim(tell(of(3, 1_002, 1_002)))).toBe('stale 4 gap 0');
    // By its number it goes on from what is held; by what it has at the price that the stream told it does not.
    tell(ranged(7, 1_004), of(4, 1_004, 1_002));
    expect(claim(tell())).toBe('stale 4 gap 0');
    expect(claim(tell(of(5, 1_004, 1_004)))).toBe('live 1004');
  });

  it('are known again after a session, before any snapshot is believed', () => {
    const { tell } = machineOf();
    tell(begun, ranged(1_002), from(1, 1_001), lost, begun, ranged(7), from(2, 1_002));
    expect(claim(tell())).toBe('stale 1002 disconnected 0');
    expect(claim(tell(from(3, 7)))).toBe('live 7');
  });

  it('let go of a snapshot that waited for a stream that lost what came next, instead of asking with every diff', () => {
    const { tell } = machineOf();
    tell(begun, ranged(1_002), from(1, 1_001), ranged(1), ranged(2), ranged(3), from(2, 5));
    const { asking } = tell(ranged(9)).wants;
    expect(tell(ranged(10), ranged(11)).wants.asking).toBe(asking);
    expect(claim(tell(from(asking, 11)))).toBe('live 11');
  });

  it('are not taken for such by a step that is wide, where they need not be the next ones', () => {
    const jumping = (last: number) => single(last, last);
    const { tell } = machineOf({ rule: increasingRule });
    tell(begun, jumping(10), from(1, 10), jumping(20), jumping(25), jumping(40));
    expect(claim(tell(jumping(10_000)))).toBe('live 10000');
    expect(claim(tell(jumping(100_000_000)))).toBe('stale 10000 gap 0');
    expect(claim(tell(from(2, 10_000)))).toBe('stale 10000 gap 0');
    expect(claim(tell(from(3, 100_000_000)))).toBe('live 100000000');
  });

  it('are mended by a new subscription where that is how the book is mended', () => {
    const { tell } = machineOf({ rule: stepRule, join: 'frame', mend: 'resubscribe' });
    const machine = tell(begun, numbered(1_002), single(1, 1), single(2, 2), single(3, 3));
    expect(machine.state).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(machine.wants).toMatchObject({ asking: 1, by: 'subscription' });
    expect(tell(numbered(3), single(4, 4)).state).toMatchObject({ status: 'live', book: { sequence: 4 } });
  });
});

it('does not go back behind what the stream told, unless nothing but older snapshots came for long', () => {
  const { tell, wait } = machineOf();
  tell(begun, range(5), answer(1, 5), range(6), { type: 'resync' });
  expect(claim(tell(answer(2, 5)))).toBe('stale 6 resync 0');
  wait(29_999);
  expect(claim(tell(answer(3, 4)))).toBe('stale 6 resync 0');
  wait(1);
  expect(claim(tell(answer(4, 4)))).toBe('live 4');
});

it('gives up what it holds when that is too many levels, with one note', () => {
  const { tell, tally } = machineOf({ holdLevels: 10 });
  const wide = (n: number) =>
    range(
      n,
      n,
      [1, 2, 3, 4].map((price): LevelLike => [String(price), '1']),
    );
  tell(begun);
  const noted = [1, 2, 3, 4].flatMap((n) => tell(wide(n)).notes);
  expect(noted).toEqual([{ type: 'dropped', count: 2, text }]);
  expect(told(tell(answer(1, 2)))).toEqual(['s2', 3, 4]);
  expect(tally).toMatchObject({ diffs: 4, early: 2, applied: 2 });
});

describe('what a book makes nothing of', () => {
  it('a reset while there is no session', () => {
    const { tell } = machineOf();
    const down = tell(begun, confirmed, answer(1, 5), lost);
    expect(tell(reset({ reason: 'gap' }))).toEqual(quiet(down));
  });

  it.each([
    ['one that is live', 'request', [confirmed, answer(1, 5)]],
    ['one that waits for the snapshot that its stream begins with', 'frame', []],
  ] as const)('a further confirmation of %s', (_, join, inputs) => {
    const { tell } = machineOf({ join });
    expect(tell(begun, ...inputs, confirmed).wants.asking).toBe(0);
  });

  it('a silence of what is not live', () => {
    const { tell } = machineOf();
    const silence = { type: 'silence' } as const;
    expect(tell(begun, confirmed, silence).state.status).toBe('syncing');
    const silent = tell(answer(1, 5), silence);
    expect(claim(silent)).toBe('stale 5 silent 0');
    expect(tell(silence)).toEqual(quiet(silent));
    expect(claim(tell({ type: 'resync' }, silence))).toBe('stale 5 resync 0');
  });

  it('a message that is missed before anything is held or wanted', () => {
    const { tell, tally } = machineOf({ rule: noRule });
    expect(tell(begun, { type: 'missed' }).wants.asking).toBe(0);
    expect(tally.gaps).toBe(0);
  });

  it('a loss that its snapshot holds', () => {
    const { tell, tally } = machineOf();
    expect(claim(tell(begun, range(8), answer(1, 10), range(10, 12)))).toBe('live 12');
    expect(tally.gaps).toBe(0);
  });

  it('the newest diff that comes again and again, older than its snapshot', () => {
    const { tell } = machineOf();
    tell(begun, range(8), answer(1, 10));
    expect(claim(tell(...Array.from({ length: 40 }, () => range(8))))).toBe('live 10');
  });

  it('the count of a frame that only checks it', () => {
    const { tell, tally } = machineOf();
    tell(begun, confirmed, answer(1, 5));
    expect(claim(tell({ ...range(6), isCheck: true }))).toBe('live 6');
    expect(tally).toMatchObject({ diffs: 0, applied: 0, snapshots: 1 });
  });
});

it('a link to something else breaks a live book, though the numbers span where it stands', () => {
  const { tell } = machineOf({ rule: linkRule });
  tell(begun, confirmed, answer(1, 4), diff({ previousSequence: 4, firstSequence: 5, lastSequence: 6 }));
  expect(claim(tell(diff({ previousSequence: 5, firstSequence: 6, lastSequence: 9 })))).toBe('stale 6 gap 0');
});

import { Subject, VirtualTimeScheduler, takeUntil } from 'rxjs';
import type { ChannelEvent } from '../../../../lib/socket/channelEvent.js';
import { assemble } from '../../../../lib/venues/dxlink/market/assemble.js';
import { indexedFeed, type DxLinkIndexedState } from '../../../../lib/venues/dxlink/market/indexedFeed.js';
import { foldTimeSeries, type DxLinkTimeSeries } from '../../../../lib/venues/dxlink/market/timeSeries.js';
import type { Indexed, IndexedChange } from '../../../../lib/venues/dxlink/market/transactions.js';

interface Row extends Indexed {
  readonly value?: number;
}

/** `time flags value index`: what a row needs here. */
const row = (text: string): Row => {
  const [time = 0, eventFlags = 0, value = 0, index] = text.split(' ').map(Number);
  return { time, eventFlags, value, index: index === undefined ? undefined : String(index) };
};

function rig() {
  const scheduler = new VirtualTimeScheduler();
  const channel = new Subject<ChannelEvent<Row>>();
  const told: string[] = [];
  channel.pipe(assemble({ scheduler, within: 1_000 })).subscribe((event: ChannelEvent<IndexedChange<Row>>) => {
    if (event.type !== 'message') told.push(event.type);
    else told.push(`${event.value.type} ${event.value.events.map(({ time }) => String(time)).join()}`);
  });
  const rows = (...texts: readonly string[]): void => {
    for (const text of texts) channel.next({ type: 'message', value: row(text) });
  };
  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  const begin = (): void => {
    channel.next({ type: 'begun', at: 0 });
  };
  return { scheduler, channel, told, rows, passTo, begin };
}

describe('assemble', () => {
  it('tells a snapshot when it is whole, and updates after it', () => {
    const { told, rows, begin } = rig();
    begin();
    rows('3 4', '2 0', '1 10', '3 0', '4 1', '5 0');

    expect(told).toEqual(['begun', 'snapshot 3,2,1', 'update 3', 'update 4,5']);
  });

  it('tells nothing before a snapshot, and that it is missed when none comes', () => {
    const { told, rows, begin, passTo } = rig();
    begin();
    rows('3 0', '2 10');
    passTo(5_000);

    expect(told).toEqual(['begun', 'missed']);
  });

  it.each([
    ['an update', ['3 4 0 9', '1 10 0 7', '4 0'], 'snapshot 3,1'],
    ['a row of a snapshot', ['3 4 0 9', '2 0', '1 10 0 7'], undefined],
  ])('takes %s without an index for none where others have one', (_, texts, before) => {
    const { told, rows, begin } = rig();
    begin();
    rows(...texts);

    expect(told).toEqual(['begun', ...(before === undefined ? [] : [before]), 'missed']);
  });

  it('gives a snapshot up that does not go on', () => {
    const { told, rows, begin, passTo } = rig();
    begin();
    rows('3 4', '2 0');
    passTo(5_000);
    // Its end, much too late, ends nothing.
    rows('1 8');

    expect(told).toEqual(['begun', 'missed']);
  });

  it('takes no snapshot for whole of which a frame is missing', () => {
    const { channel, told, rows, begin } = rig();
    begin();
    rows('3 4');
    channel.next({ type: 'missed', at: 0 });
    rows('2 0', '1 8', '9 12');

    expect(told).toEqual(['begun', 'missed', 'snapshot 9']);
  });

  it('holds an ended snapshot while its transaction is pending, and starts over at a second beginning', () => {
    const { told, rows, begin } = rig();
    begin();
    rows('5 4', '3 5', '2 1', '1 11', '4 0');

    expect(told).toEqual(['begun', 'snapshot 3,2,1,4']);
  });

  it('gives a transaction up that does not end, however often it goes on', () => {
    const { told, rows, begin, passTo, scheduler } = rig();
    begin();
    rows('1 12', '2 1');
    for (let ms = 100; ms <= 2_000; ms += 100) {
      passTo(ms);
      scheduler.frame = ms;
      rows('2 1');
    }

    expect(told.slice(0, 3)).toEqual(['begun', 'snapshot 1', 'missed']);
  });

  it('gives a new snapshot of a list that is there up when it is not whole in time: the list stands still as long', () => {
    const { told, rows, begin, passTo, scheduler } = rig();
    begin();
    rows('1 12', '9 4');
    for (let ms = 100; ms <= 2_000; ms += 100) {
      passTo(ms);
      scheduler.frame = ms;
      rows('8 0');
    }
    rows('7 8');

    expect(told.slice(0, 3)).toEqual(['begun', 'snapshot 1', 'missed']);
    expect(told.filter((one) => one !== 'missed')).toHaveLength(2);
  });

  it('takes as long over a first snapshot as that goes on', () => {
    const { told, rows, begin, passTo, scheduler } = rig();
    begin();
    rows('9 4');
    for (let ms = 900; ms <= 4_500; ms += 900) {
      passTo(ms);
      scheduler.frame = ms;
      rows('8 0');
    }
    rows('1 10');

    expect(told).toEqual(['begun', 'snapshot 9,8,8,8,8,8,1']);
  });

  it('gives a first snapshot up whose end was cut off, though what it told goes on to change', () => {
    const { told, rows, begin, passTo, scheduler } = rig();
    begin();
    rows('9 4 0 9', '8 0 0 8');
    for (let ms = 900; ms <= 9_000; ms += 900) {
      passTo(ms);
      scheduler.frame = ms;
      rows('9 0 0 9', `1${ms} 0 0 1${ms}`);
    }
    rows('9 4 0 9', '1 10 0 1');

    expect(told.slice(0, 2)).toEqual(['begun', 'missed']);
    expect(told.at(-1)).toBe('snapshot 9,1');
  });

  it('takes as long over a first snapshot as it has rows of lower indexes', () => {
    const { told, rows, begin, passTo, scheduler } = rig();
    begin();
    rows('99 4 0 99');
    for (let ms = 900; ms <= 9_000; ms += 900) {
      passTo(ms);
      scheduler.frame = ms;
      rows(`5 0 0 ${50 - ms / 900}`);
    }
    rows('1 10 0 1');

    expect(told).toEqual(['begun', `snapshot 99,${'5,'.repeat(10)}1`]);
  });

  it('takes the end of a snapshot whose beginning it has not heard for a loss', () => {
    const { told, rows, begin } = rig();
    begin();
    rows('1 12', '9 0', '8 0', '7 10', '6 0');

    expect(told).toEqual(['begun', 'snapshot 1', 'update 9', 'update 8', 'missed']);
  });

  it('leaves no timer behind', () => {
    const { channel, rows, begin, scheduler } = rig();
    begin();
    rows('3 4');
    channel.complete();

    expect(scheduler.actions.filter(({ closed }) => !closed)).toEqual([]);
  });
});

describe('a list kept by index', () => {
  function feed(refreshEvery?: number) {
    const { scheduler, channel, rows, passTo, begin } = rig();
    let leave: string | undefined;
    const left = new Subject<void>();
    const states: DxLinkIndexedState<DxLinkTimeSeries<Row>>[] = [];
    const faults: string[] = [];
    const messages: string[] = [];
    let asked = 0;
    channel
      .pipe(
        assemble({ scheduler, within: 1_000 }),
        indexedFeed<Row, DxLinkTimeSeries<Row>>({
          channel: 'list',
          scheduler,
          random: () => 0.5,
          answerWithin: 2_000,
          refreshEvery,
          report: ({ type, message }) => {
            faults.push(type);
            messages.push(message);
          },
          resubscribe: () => {
            asked += 1;
            channel.next({ type: 'lost', reason: 'gap', at: 0 });
            begin();
          },
          fold: foldTimeSeries,
        }),
        takeUntil(left),
      )
      .subscribe((state) => {
        states.push(state);
        if (state.status === leave) left.next();
      });
    const shown = (): readonly string[] =>
      states.map((state) =>
        state.status === 'syncing'
          ? 'syncing'
          : `${state.status} ${state.value.rows.map(({ time, value }) => `${String(time)}=${String(value)}`).join()}`,
      );
    const leaveAt = (status: string): void => {
      leave = status;
    };
    return { scheduler, channel, rows, passTo, begin, shown, faults, messages, leaveAt, asked: () => asked };
  }

  it('is oldest first; rows of one index are replaced, a removal of nothing is no error', () => {
    const { rows, begin, shown } = feed();
    begin();
    rows('30 4 1', '20 0 1', '10 10', '30 0 2', '40 0 1', '20 2', '99 2');

    expect(shown()).toEqual([
      ...['syncing', 'live 20=1,30=1', 'live 20=1,30=2', 'live 20=1,30=2,40=1', 'live 30=2,40=1', 'live 30=2,40=1'],
    ]);
  });

  it('is stale from what is missing to the next whole snapshot, which is asked for until it comes', () => {
    const { channel, rows, passTo, begin, shown, faults, asked } = feed();
    begin();
    rows('30 4 1', '10 10');
    channel.next({ type: 'missed', at: 0 });
    passTo(5_000);
    rows('30 4 5', '10 10');

    expect(asked()).toBeGreaterThan(1);
    expect(shown()).toEqual(['syncing', 'live 30=1', 'stale 30=1', 'live 30=5']);
    expect(faults).toEqual(['gap', 'resnapshot']);
  });

  it.each([-3_600_000, 3_600_000])('tells for how long it was stale though the clock was set by %s ms', (ms) => {
    const { scheduler, channel, rows, passTo, begin, messages } = feed();
    const { now } = scheduler;
    begin();
    rows('30 4 1', '10 10');
    channel.next({ type: 'missed', at: now() });
    scheduler.now = () => now() + ms;
    passTo(1_000);
    rows('30 4 5', '10 10');

    const [, after] = /whole again after (-?\d+) ms/.exec(messages.at(-1) ?? '') ?? [];
    expect(Number(after)).toBeGreaterThanOrEqual(0);
    expect(Number(after)).toBeLessThanOrEqual(1_000);
  });

  it('asks for nothing any more when who heard that it is stale was the last one to leave', () => {
    const { channel, rows, passTo, begin, leaveAt, asked } = feed();
    begin();
    rows('30 4 1', '10 10');
    leaveAt('stale');
    channel.next({ type: 'missed', at: 0 });
    passTo(30_000);

    expect(asked()).toBe(0);
  });

  it('keeps the old list over a reconnect until the new one is whole', () => {
    const { channel, rows, begin, shown } = feed();
    begin();
    rows('30 12 1');
    channel.next({ type: 'lost', reason: 'closed', at: 0 });
    begin();
    rows('40 4 1', '30 0 2');
    rows('20 10');

    expect(shown()).toEqual(['syncing', 'live 30=1', 'stale 30=1', 'live 30=2,40=1']);
  });

  it('can be sent anew on a schedule', () => {
    const { rows, passTo, begin, asked } = feed(10_000);
    begin();
    rows('30 12 1');
    passTo(10_500);
    rows('30 12 2');
    passTo(20_700);

    expect(asked()).toBe(2);
  });

  it('is sent anew without a pause, however often that is planned', () => {
    const { rows, passTo, begin, asked } = feed(1_000);
    begin();
    rows('30 12 1');
    for (const second of [1, 2, 3, 4, 5]) {
      passTo(second * 1_000 + 1);
      rows('30 12 1');
    }

    expect(asked()).toBe(5);
  });
});

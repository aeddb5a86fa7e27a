import { type Observable, type SchedulerLike, Subject, VirtualTimeScheduler, map, of, throwError } from 'rxjs';
import { historyByCount, historyByTime } from '../../lib/feed/candleHistory.js';
import { type CandleChannelEvent, joinCandles } from '../../lib/feed/joinCandles.js';
import type { Candle } from '../../lib/model/candle.js';
import type { FaultNotice } from '../../lib/model/fault.js';
import { RequestFailedError, SubscriptionRefusedError } from '../../lib/index.js';
import { candle, marbles } from '../../lib/testing/index.js';
import { steady } from '../../lib/time/steadyScheduler.js';
import { runDiagram } from '../support/diagram.js';

/** A candle by the number of its interval, with a volume where it grows. */
const at = (text: string): Candle => {
  const [number = '', volume = '1'] = text.split('x');
  return candle({ openTime: Number(number), volume, closed: false });
};
const event = (label: string): CandleChannelEvent => {
  if (label === 'begun') return { type: 'begun', at: 0 };
  if (label === 'sure') return { type: 'confirmed', at: 0 };
  if (label === 'lost') return { type: 'lost', reason: 'closed', at: 0 };
  if (label === 'miss') return { type: 'missed', at: 0 };
  return { type: 'message', value: at(label) };
};
const all = (label: string): readonly Candle[] => label.split(' ').map(at);
const over = (openTime: number, closeTime: number): Candle => candle({ openTime, closeTime, closed: true });
const show = ({ openTime, closed }: Candle): string => `${openTime}${closed ? '.' : ''}`;

const shown = map(show);

const seen: FaultNotice[] = [];
beforeEach(() => {
  seen.length = 0;
});
/** What is asked for, one answer after the other. */
const asking = (answers: readonly Observable<readonly Candle[]>[]) => {
  let asked = 0;
  return historyByCount(100, () => answers[asked++] ?? throwError(() => new Error('not expected')));
};
const config = { channel: 'c', count: 3, random: () => 0, report: (fault: FaultNotice) => void seen.push(fault) };

describe('joinCandles', () => {
  it('joins the past to what is streamed, and what was missed in a loss', () => {
    runDiagram('joinCandles.txt', ({ hot, cold, expect, expectSubscriptions, scheduler }) => {
      const channel = hot('channel', event);
      const pasts = [cold('first past', all), cold('second past', all)] as const;
      const history = asking(pasts);

      expect('candles', channel.pipe(joinCandles({ ...config, scheduler: steady(scheduler), history })), show);
      expectSubscriptions('listened', channel.subscriptions);
      expectSubscriptions('asked for it', pasts[0].subscriptions);
      expectSubscriptions('asked again', pasts[1].subscriptions);
    });
  });

  const values = {
    b: event('begun'),
    c: event('sure'),
    l: event('lost'),
    m: event('miss'),
    3: event('3'),
    4: event('4'),
  };
  const told = { a: '1.', b: '2.', 3: '3', x: '3.', 4: '4' };

  it(
    'asks for nothing before the venue tells every change, and for nothing more once nobody listens',
    marbles(({ hot, cold, expectObservable, expectSubscriptions, scheduler }) => {
      const channel = hot<CandleChannelEvent>('b----c-3---', values);
      const past = cold<readonly Candle[]>('          -----h|');
      const unsub = '                        ^-------!';

      const candles = channel.pipe(joinCandles({ ...config, scheduler: steady(scheduler), history: asking([past]) }));

      expectObservable(candles, unsub).toBe('-');
      expectSubscriptions(channel.subscriptions).toBe('^-------!');
      expectSubscriptions(past.subscriptions).toBe('   -----^--!');
    }),
  );

  it(
    'asks again at once where the session is lost while it waits, and where a frame could not be read',
    marbles(({ hot, cold, expectObservable, expectSubscriptions, scheduler }) => {
      const channel = hot<CandleChannelEvent>('c--l--c---------m------', values);
      const never = cold<readonly Candle[]>('  -------h', { h: all('9') });
      const second = cold<readonly Candle[]>(' --h|', { h: all('1 2 3') });
      const third = cold<readonly Candle[]>('  --h|', { h: all('3 4') });
      const expected = '                               --------(ab3)-----(x4)';

      const history = asking([never, second, third]);
      const candles = channel.pipe(joinCandles({ ...config, scheduler: steady(scheduler), history }));

      expectObservable(candles.pipe(shown)).toBe(expected, told);
      expectSubscriptions(never.subscriptions).toBe(' ^--!');
      expectSubscriptions(second.subscriptions).toBe('------^-!');
      expectSubscriptions(third.subscriptions).toBe(' ----------------^-!');
    }),
  );

  it(
    'tells a past that can’t be had as a fault, asks again, and goes on',
    marbles(({ hot, cold, expectObservable, flush, scheduler }) => {
      const channel = hot<CandleChannelEvent>('c--3 499ms 4', values);
      const failing = cold<readonly Candle[]>('--#', {}, new RequestFailedError('busy', 503));
      const second = cold<readonly Candle[]>(' --h|', { h: all('1 2 3') });

      const history = asking([failing, second]);
      const candles = channel.pipe(joinCandles({ ...config, scheduler: steady(scheduler), history }));

      expectObservable(candles.pipe(shown)).toBe('129ms (ab3) 369ms (x4)', told);
      flush();
      expect(seen).toMatchObject([{ type: 'snapshot', channel: 'c', attempt: 1 }]);
    }),
  );

  it.each([
    ['behind the venue', -60],
    ['ahead of it', 60],
  ])('leaves none out where our clock is an hour %s', (_, minutes) => {
    const scheduler = new VirtualTimeScheduler(undefined, 0);
    const [MINUTE, ahead] = [60_000, minutes * 60_000];
    const own: SchedulerLike = { now: () => 6_000_000 + ahead, schedule: scheduler.schedule.bind(scheduler) };
    const lived: number[] = [];
    const history = historyByTime(30, MINUTE, { scheduler: steady(own) }, (from, to) =>
      of(lived.map((one) => candle({ openTime: one, volume: '1', closed: false }))).pipe(
        map((all) => all.filter(({ openTime }) => openTime >= from && openTime <= to)),
      ),
    );
    for (let one = 0; one <= 6_000_000; one += MINUTE) lived.push(one);
    const channel = new Subject<CandleChannelEvent>();
    const told: number[] = [];
    channel
      .pipe(joinCandles({ ...config, scheduler: steady(own), history }))
      .subscribe(({ openTime, closed }) => closed && told.push(openTime / MINUTE));

    channel.next(event('sure'));
    for (const openTime of [6_000_000, 6_060_000, 6_120_000]) {
      if (!lived.includes(openTime)) lived.push(openTime);
      channel.next({ type: 'message', value: candle({ openTime, volume: '2', closed: false }) });
      scheduler.flush();
    }

    expect(told).toEqual(Array.from({ length: told.length }, (__, i) => 102 - told.length + i));
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(seen).toEqual([]);
  });

  it.each<[string, readonly Candle[], CandleChannelEvent, readonly (readonly [number, number])[]]>([
    ['a hole', all('1 2'), event('5'), [[2, 5]]],
    ['a last candle that may lack its end', all('1 2 3 4'), event('5'), [[4, 5]]],
    ['a hole behind one that is over', [over(1, 2)], event('5'), [[3, 5]]],
    ['nothing, behind one that is over where the stream begins', [over(1, 4)], event('5'), []],
    ['nothing, where it meets the stream', all('1 2 3 4 5'), event('5'), []],
    ['nothing, where all that is wanted is in the stream', all('1'), { type: 'message', value: all('5 6 7') }, []],
  ])('tells of a past that ends before the stream time and again: %s', (_name, past, told, expected) => {
    marbles(({ cold, hot, flush, scheduler }) => {
      const channel = hot<CandleChannelEvent>('c-5', { c: event('sure'), 5: told });
      const newest = cold('---h|', { h: past });
      const history = historyByCount(100, (_count, before) => (before === undefined ? newest : of([])));
      const candles: string[] = [];

      const joined = channel.pipe(joinCandles({ ...config, scheduler: steady(scheduler), history }), shown);
      joined.subscribe((one) => candles.push(one));
      flush();

      expect(candles.length).toBeGreaterThan(0);
      expect(seen.map((fault) => fault.type === 'gap' && [fault.expected, fault.received])).toEqual(expected);
    })();
  });

  it(
    'ends with a refusal, and with what the channel ends with',
    marbles(({ hot, cold, expectObservable, expectSubscriptions, flush, scheduler }) => {
      const refusal = new SubscriptionRefusedError('v', 'c', 'no such symbol');
      const broken = new Error('broken');
      const refusing = cold<readonly Candle[]>('--#', {}, refusal);
      const past = cold<readonly Candle[]>('    -----h', { h: all('1') });
      const [first, second] = [
        hot<CandleChannelEvent>('c------', values),
        hot<CandleChannelEvent>('c--#', values, broken),
      ];

      const joined = (channel: Observable<CandleChannelEvent>, answer: Observable<readonly Candle[]>) =>
        channel.pipe(joinCandles({ ...config, scheduler: steady(scheduler), history: asking([answer]) }));

      expectObservable(joined(first, refusing)).toBe('--#', undefined, refusal);
      expectObservable(joined(second, past)).toBe('   ---#', undefined, broken);
      expectSubscriptions(first.subscriptions).toBe('^-!');
      expectSubscriptions(past.subscriptions).toBe(' ^--!');
      flush();
      expect(seen).toMatchObject([{ type: 'refused', message: refusal.message }]);
    }),
  );
});

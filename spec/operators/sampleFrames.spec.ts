import { Subject, of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { sampleFrames } from '../../lib/operators/sampleFrames.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';

describe('sampleFrames', () => {
  it('tells the latest at each frame, and what waits at the end', () => {
    runDiagram('sampleFrames.txt', ({ hot, expect }) => {
      const frames$ = hot('frames', String);
      expect('drawn', hot('source', String).pipe(sampleFrames({ frames$ })), String);
    });
  });

  it('takes the frames of the page, where nothing else is said', () => {
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(({ animate, hot, expectObservable }) => {
      animate('                       ---x---x---x');
      expectObservable(hot('          -ab-------c-').pipe(sampleFrames())).toBe('---b-------c');
    });
  });

  it(
    'asks for frames only while a value waits, and leaves all with its observer',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-----b-----');
      const frames = hot('        ---f-----f---');
      const drawn = source.pipe(sampleFrames({ frames$: frames }));

      expectObservable(drawn, '   ^-------!').toBe('---a-----');
      expectSubscriptions(source.subscriptions).toBe('^-------!');
      expectSubscriptions(frames.subscriptions).toBe(['-^-!', '-------^!']);
    }),
  );

  it(
    'errors at once with the source, and with the frames',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-#', undefined, new Error('source'));
      const frames = hot('----------f');
      expectObservable(source.pipe(sampleFrames({ frames$: frames }))).toBe('---#', undefined, new Error('source'));
      expectSubscriptions(frames.subscriptions).toBe('-^-!');

      const broken = cold('-#', undefined, new Error('frames'));
      const endless = cold('-a-');
      expectObservable(endless.pipe(sampleFrames({ frames$: broken }))).toBe('--#', undefined, new Error('frames'));
    }),
  );

  it(
    'tells what waits as the frames end, and holds back nothing afterwards',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-ab---c-d-|');
      const frames = hot('      ----|');
      expectObservable(source.pipe(sampleFrames({ frames$: frames }))).toBe('----b-c-d-|');

      const last = hot('-ab|');
      expectObservable(last.pipe(sampleFrames({ frames$: cold('---|') }))).toBe('----(b|)');
      expectSubscriptions(last.subscriptions).toBe('^--!');
    }),
  );

  it('tells what an observer feeds it within the last frame', () => {
    const [source, frames] = [new Subject<string>(), new Subject<void>()];
    const seen: string[] = [];
    source.pipe(sampleFrames({ frames$: frames })).subscribe({
      next: (value) => {
        seen.push(value);
        if (value !== 'a') return;
        source.next('b');
        source.complete();
      },
      complete: () => seen.push('complete'),
    });
    source.next('a');
    frames.next();
    expect(seen).toEqual(['a']);
    frames.next();
    expect(seen).toEqual(['a', 'b', 'complete']);
  });

  keepsTheContract(() => sampleFrames<string>({ frames$: of(0) }), 'a', 'a');
});

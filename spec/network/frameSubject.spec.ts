import fc from 'fast-check';
import { Subject, Subscription } from 'rxjs';
import { FrameSubject } from '../../lib/network/frameSubject.js';

type Act = { readonly do: 'next' | 'complete' | 'error' } | { readonly do: 'join' | 'leave'; readonly who: number };

/** What an observer does when it is told its first value. */
interface Within {
  readonly who: number;
  readonly act: Act;
}

const whoever = fc.nat(3);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const), who: whoever }) },
  { weight: 8, arbitrary: fc.constant<Act>({ do: 'next' }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('complete' as const, 'error' as const) }) },
);
const within = fc.record({ who: whoever, act });

/** What the observers of a subject hear. */
function heardOf(subject: Subject<number>, acts: readonly Act[], within: readonly Within[]): readonly string[] {
  const heard: string[] = [];
  const joined = new Map<number, Subscription>();
  const waiting = [...within];
  let told = 0;
  const run = (one: Act): void => {
    if ('who' in one) {
      if (one.do === 'join') join(one.who);
      else joined.get(one.who)?.unsubscribe();
    } else if (one.do === 'next') subject.next((told += 1));
    else if (one.do === 'complete') subject.complete();
    else subject.error('broken');
    heard.push(`${one.do}: ${subject.observed ? 'observed' : 'alone'}`);
  };
  const join = (who: number): void => {
    const subscription = new Subscription();
    joined.set(who, subscription);
    const of = subject.subscribe({
      next: (value) => {
        heard.push(`${who}: ${value}`);
        const at = waiting.findIndex((one) => one.who === who);
        const [one] = at < 0 ? [] : waiting.splice(at, 1);
        if (one !== undefined) run(one.act);
      },
      error: (error) => heard.push(`${who}: ${String(error)}`),
      complete: () => heard.push(`${who}: end`),
    });
    subscription.add(of);
  };
  acts.forEach(run);
  return heard;
}

describe('FrameSubject', () => {
  it('tells what a subject of RxJS tells, whoever joins, leaves or ends it meanwhile', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.array(within, { maxLength: 4 }), (acts, meanwhile) => {
        expect(heardOf(new FrameSubject(), acts, meanwhile)).toEqual(heardOf(new Subject(), acts, meanwhile));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes a function, and operators', () => {
    const subject = new FrameSubject<number>();
    const heard: number[] = [];
    subject.subscribe((value) => heard.push(value));
    subject.pipe().subscribe((value) => heard.push(-value));
    subject.next(1);

    expect(heard).toEqual([1, -1]);
  });
});

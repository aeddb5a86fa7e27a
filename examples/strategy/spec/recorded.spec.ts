import { binance } from 'millrace/venues/binance';
import { type Recording, parseRecording, recorder, replay } from 'millrace/node';
import { simulatedBinance } from 'millrace/simulation';
import { marbles } from 'millrace/testing';
import { VirtualTimeScheduler, distinctUntilChanged, map, takeUntil, timer } from 'rxjs';
import { decisionsOn } from '../recorded.js';
import { SYMBOL } from '../simulatedDay.js';

/** How long it is, in ms; one diff is lost in its middle. */
const LASTS = 30_000;

/** What is recorded of a venue; of the simulated one here, so that no file has to be kept. `readRecording` reads one. */
function recordingOfVenue(): Recording {
  const scheduler = new VirtualTimeScheduler(undefined, LASTS);
  const venue = simulatedBinance({
    seed: 3,
    scheduler,
    instruments: [SYMBOL],
    stepEvery: 500,
    faults: [{ fault: 'drop', at: LASTS / 2 }],
  });
  const lines: string[] = [];
  const network = recorder(venue.network, { sink: (line) => lines.push(line), venue: 'binance', clock: scheduler });
  const exchange = binance({ network, scheduler, random: () => 0.5 });
  exchange.book(SYMBOL, { speed: '1000ms' }).subscribe();
  exchange.trades(SYMBOL).subscribe();
  scheduler.flush();
  return parseRecording([JSON.stringify(network.header()), ...lines]);
}

describe('a recording', () => {
  const recording = recordingOfVenue();

  it('leads to the decisions that are kept beside this spec', () => {
    const decisions = decisionsOn(recording);
    expect(decisions.length).toBeGreaterThan(10);
    // The golden file: `npx jest examples/strategy -u` writes it anew, and its difference is read in review.
    expect(decisions.join('\n')).toMatchSnapshot();
  });

  it('leads to the same decisions, whenever it is replayed', () => {
    expect(decisionsOn(recording)).toEqual(decisionsOn(recording));
  });

  it(
    'is a source in marbles, one character a millisecond of it',
    marbles(({ scheduler, expectObservable }) => {
      const network = replay(recording, { scheduler, speed: 'real' });
      const exchange = binance({ network, scheduler: network.clock, random: () => 0.5 });
      const status$ = exchange.book(SYMBOL, { speed: '1000ms' }).pipe(
        map(({ status }) => status),
        distinctUntilChanged(),
        takeUntil(timer(LASTS, scheduler)),
      );

      // The diff that was lost is missed by the next one, a second later; a snapshot mends it within 38 ms.
      expectObservable(status$).toBe('s 532ms l 15947ms x 37ms l 13480ms |', { s: 'syncing', l: 'live', x: 'stale' });
    }),
  );
});

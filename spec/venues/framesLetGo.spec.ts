import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { VirtualTimeScheduler } from 'rxjs';
import { simulatedStreams } from '../../bench/venues/simulated.js';
import type { VenueStream } from '../../bench/venues/stream.js';
import { Tap, meansOf } from '../../bench/venues/tap.js';
import { writtenStreams } from '../../bench/venues/written.js';
import type { Fault } from '../../lib/index.js';
import { simulatedBinance } from '../../lib/simulation/index.js';
import { binance } from '../../lib/venues/binance/index.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const MIB = 2 ** 20;
/** Node keeps longer texts than 1,000,000 outside of the heap. */
const BLANK = ' '.repeat(MIB / 2);
const FRAMES = 12;
/** Its decimals written out: V8 makes a part of a text from 13 characters on a view of it, which keeps all of it alive. */
const lengthened = (text: string): string => text.replace(/(?<=")\d+\.\d+(?=")/g, (decimal) => decimal.padEnd(14, '0'));
/** A frame with so much blank behind it that whoever keeps a part of its text is found out. */
const heavy = (text: string): string => Buffer.from(lengthened(text) + BLANK).toString('latin1');

function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** A stream that is open, what it has told, and the texts that its venue sends next. */
function opened({ network, open, texts }: VenueStream) {
  const scheduler = new VirtualTimeScheduler(undefined, 5_000);
  const tap = new Tap(network(scheduler));
  const told: unknown[] = [];
  open(meansOf(tap, scheduler)).subscribe((value) => told.push(value));
  scheduler.flush();
  if (texts !== undefined) tap.shut();
  else {
    tap.forget();
    while (tap.busiest().texts.length < 3 * FRAMES && scheduler.maxFrames < 300_000) {
      scheduler.maxFrames += 1_000;
      scheduler.flush();
    }
  }
  return { tap, told, texts: texts?.() ?? tap.busiest().texts };
}

describe('of a frame nothing is kept alive but what was read of it', () => {
  const streams = [...simulatedStreams(), ...writtenStreams()];

  it.each(streams.map((stream) => [`${stream.venue} ${stream.what}`, stream] as const))('%s', (_, stream) => {
    // The same frames in the same order as when they were sent, to a stream of its own.
    const { tap: sender, texts } = opened(stream);
    const { tap, told } = stream.texts === undefined ? reopened(stream) : opened(stream);
    const { wire } = stream.texts === undefined ? sender.busiest() : { wire: 0 };
    const give = tap.give(wire);
    const frames = texts.filter((text) => /^\s*[[{]/.test(text));
    const before = told.length;
    const empty = heapUsed();
    for (const text of frames.slice(0, FRAMES)) give(heavy(text));
    expect((heapUsed() - empty) / MIB).toBeLessThan(FRAMES / 8);
    for (const text of frames.slice(FRAMES)) give(text);
    expect(told.length).toBeGreaterThan(before);
  });

  it('by faults, whatever was wrong with it', () => {
    const scheduler = new VirtualTimeScheduler(undefined, 5_000);
    const tap = new Tap(simulatedBinance({ scheduler, instruments: ['BTCUSDT'] }).network);
    const exchange = binance({ network: tap.network, scheduler, random: () => 0.5 });
    const faults: Fault[] = [];
    exchange.faults$.subscribe((fault) => faults.push(fault));
    exchange.book('BTCUSDT').subscribe();
    scheduler.flush();
    const give = tap.give(0);
    const long = 'x'.repeat(400);
    const bad = [
      `not JSON at all, ${long}`,
      `{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":"${long}"}}`,
      `{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[["${long}","1"]],"a":[]}}`,
      `{"error":{"code":2,"msg":"${long}"},"id":null}`,
    ];
    const empty = heapUsed();
    for (let turn = 0; turn < 4; turn += 1) for (const text of bad) give(heavy(text));
    expect((heapUsed() - empty) / MIB).toBeLessThan(2);
    expect(faults.length).toBeGreaterThanOrEqual(16);
  });
});

/** One that hears nothing more by itself. */
function reopened({ network, open }: VenueStream) {
  const scheduler = new VirtualTimeScheduler(undefined, 5_000);
  const tap = new Tap(network(scheduler));
  const told: unknown[] = [];
  open(meansOf(tap, scheduler)).subscribe((value) => told.push(value));
  scheduler.flush();
  tap.shut();
  return { tap, told };
}

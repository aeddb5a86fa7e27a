import { catchError, map, throwError, type Observable } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { parseDiagram, readDiagram, type Diagram, type DrawnStream } from './readDiagram.js';

type SubscriptionLogs = Parameters<RunHelpers['expectSubscriptions']>[0];

/** An input of a diagram. */
export interface DrawnSource<T> extends Observable<T> {
  readonly subscriptions: SubscriptionLogs;
}

/** The streams of one diagram, by their titles. Each must be used exactly once. */
export interface DiagramKit {
  /** All time of the test. */
  readonly scheduler: TestScheduler;
  /** How long a character lasts, in ms. */
  readonly frame: number;
  /** An input that runs whether observed or not. `read` makes a value of a label; `#` errors with `error`. */
  hot<T>(title: string, read: (label: string) => T, error?: unknown): DrawnSource<T>;
  /** An input that starts over for each observer. */
  cold<T>(title: string, read: (label: string) => T, error?: unknown): DrawnSource<T>;
  /**
   * An output. Observed from where its line begins up to a marble labelled `leaves`, if there is one. `show` makes of
   * each value the label that must be drawn.
   */
  expect<T>(title: string, actual: Observable<T>, show: (value: T) => string): void;
  /** A line of marbles labelled `joins` and `leaves`: when a source was subscribed. */
  expectSubscriptions(title: string, subscriptions: SubscriptionLogs): void;
}

/** Runs `marbles/<file>` against real code, in virtual time. */
export function runDiagram(file: string, test: (kit: DiagramKit) => void): void {
  run(readDiagram(file), file, test);
}

/** The same for the text of a diagram. */
export function runDiagramText(text: string, test: (kit: DiagramKit) => void): void {
  run(parseDiagram(text), 'the diagram', test);
}

function run({ frame, streams }: Diagram, name: string, test: (kit: DiagramKit) => void): void {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  const unused = new Set(streams.keys());
  const take = (title: string): DrawnStream => {
    const stream = streams.get(title);
    if (stream === undefined) throw new Error(`${name} draws no "${title}", only ${[...streams.keys()].join(', ')}`);
    if (!unused.delete(title)) throw new Error(`${name}: "${title}" is used twice`);
    return stream;
  };

  scheduler.run(({ cold, hot, expectObservable, expectSubscriptions }) => {
    test({
      scheduler,
      frame,
      hot: (title, read, error = new Error('drawn error')) => {
        const stream = take(title);
        return hot(marblesOf(stream, frame, stream.start), valuesOf(stream, read), error);
      },
      cold: (title, read, error = new Error('drawn error')) => {
        const stream = take(title);
        return cold(marblesOf(stream, frame, 0), valuesOf(stream, read), error);
      },
      expect: (title, actual, show) => {
        const stream = take(title);
        const shown = actual.pipe(
          map(show),
          catchError(() => throwError(() => 'error')),
        );
        const messages = stream.messages.filter((message) => !isLeaving(message));
        expectObservable(shown, observation(stream, frame)).toBe(
          marblesOf({ ...stream, messages }, frame, stream.start),
          valuesOf({ ...stream, messages }, (label) => label),
          'error',
        );
      },
      expectSubscriptions: (title, subscriptions) => {
        expectSubscriptions(subscriptions).toBe(subscriptionMarbles(take(title), frame));
      },
    });
  });
  expect({ diagram: name, untested: [...unused] }).toEqual({ diagram: name, untested: [] });
}

const isLeaving = (message: DrawnStream['messages'][number]): boolean =>
  message.kind === 'next' && message.label === 'leaves';

/** Marbles for `TestScheduler.run`, where a character lasts 1 ms, with one letter per value. */
function marblesOf({ messages }: DrawnStream, frame: number, start: number): string {
  const groups = new Map<number, string>();
  messages.forEach((message, index) => {
    const symbol = message.kind === 'next' ? letter(index) : message.kind === 'complete' ? '|' : '#';
    const at = (start + message.frame) * frame;
    groups.set(at, (groups.get(at) ?? '') + symbol);
  });
  let now = 0;
  let marbles = '';
  for (const [at, symbols] of groups) {
    const text = symbols.length === 1 ? symbols : `(${symbols})`;
    marbles += `${wait(at - now)}${text} `;
    now = at + text.length;
  }
  return marbles;
}

const wait = (ms: number): string => (ms > 0 ? `${String(ms)}ms ` : '');

const valuesOf = <T>({ messages }: DrawnStream, read: (label: string) => T): Record<string, T> =>
  Object.fromEntries(
    messages.flatMap((message, index) => (message.kind === 'next' ? [[letter(index), read(message.label)]] : [])),
  );

/** Any number of them, and none that means something in marbles. */
const letter = (index: number): string => String.fromCodePoint(0x4e00 + index);

function observation({ start, messages }: DrawnStream, frame: number): string {
  const leaving = messages.find(isLeaving);
  const joined = `${wait(start * frame)}^ `;
  return leaving === undefined ? joined : `${joined}${wait(leaving.frame * frame - 1)}!`;
}

function subscriptionMarbles({ title, start, messages }: DrawnStream, frame: number): string[] {
  const open: number[] = [];
  const closed: { readonly from: number; readonly to: number | undefined }[] = [];
  for (const message of messages) {
    const at = (start + message.frame) * frame;
    if (message.kind !== 'next') throw new Error(`"${title}" draws subscriptions: only joins and leaves`);
    if (message.label === 'joins') open.push(at);
    else if (message.label === 'leaves' && open.length > 0) closed.push({ from: Number(open.shift()), to: at });
    else throw new Error(`"${title}": "${message.label}" is neither joins nor leaves, or nobody is there to leave`);
  }
  return [...closed, ...open.map((from) => ({ from, to: undefined }))].map(({ from, to }) =>
    to === undefined ? `${wait(from)}^` : to === from ? `${wait(from)}(^!)` : `${wait(from)}^ ${wait(to - from - 1)}!`,
  );
}

import {
  concat,
  ignoreElements,
  merge,
  NEVER,
  of,
  Subject,
  tap,
  throwError,
  VirtualTimeScheduler,
  type Observable,
} from 'rxjs';
import { present } from '../../../lib/cli/commands/present.js';
import { EXIT, type ExitCode } from '../../../lib/cli/exitCode.js';
import type { WatchInput } from '../../../lib/cli/view/advance.js';
import type { WatchEvent } from '../../../lib/cli/view/watch.js';
import { subject } from '../support/books.js';
import { fakeIo, type FakeIo } from '../support/fakeIo.js';

const message: WatchInput = { type: 'messages', at: 0, count: 1 };

function presented(
  inputs$: Observable<WatchInput>,
  act: (io: FakeIo) => void = () => undefined,
): { readonly code: Promise<ExitCode>; readonly io: FakeIo; readonly shown: string[] } {
  const io = fakeIo();
  const scheduler = new VirtualTimeScheduler();
  const shown: string[] = [];
  const presenter = {
    show: (_: unknown, __: unknown, input: WatchInput) =>
      void shown.push(input.type === 'ended' ? input.why : input.type),
    end: () => void shown.push('end'),
  };
  const code = present(() => inputs$, io, { subjects: [subject], presenter, scheduler, for: 5_000 });
  act(io);
  scheduler.flush();
  return { code, io, shown };
}

const forever = (...first: readonly WatchInput[]): Observable<WatchInput> => concat(of(...first), NEVER);

describe('present', () => {
  it('ends fine when time is over and something came', async () => {
    const { code, shown } = presented(forever(message));

    expect(await code).toBe(EXIT.fine);
    expect(shown).toEqual(['messages', 'time is over', 'end']);
  });

  it('says so with its exit code when time is over and nothing came', async () => {
    expect(await presented(forever()).code).toBe(EXIT.nothing);
  });

  it('ends with one line on stderr when the stream fails', async () => {
    const { code, io, shown } = presented(
      concat(
        of(message),
        throwError(() => new Error('refused\nfor good')),
      ),
    );

    expect(await code).toBe(EXIT.failed);
    expect(io.err.text()).toBe('millrace: refused for good\n');
    expect(shown.at(-1)).toBe('end');
  });

  it('ends fine when the stream is over', async () => {
    const { code, shown } = presented(of(message));

    expect(await code).toBe(EXIT.fine);
    expect(shown).toEqual(['messages', 'the stream is over', 'end']);
  });

  it.each([
    [
      'a signal',
      (io: FakeIo) => {
        io.signals.next('SIGINT');
      },
    ],
    [
      'q',
      (io: FakeIo) => {
        io.keys.next('q');
      },
    ],
    [
      'Ctrl-C, where the terminal is raw',
      (io: FakeIo) => {
        io.keys.next('\u0003');
      },
    ],
    [
      'the reader of a pipe going away',
      (io: FakeIo) => {
        io.out.broken.next('EPIPE');
      },
    ],
  ])('ends fine and at once by %s', async (_, act) => {
    const { code, io, shown } = presented(forever(), act);

    expect(await code).toBe(EXIT.fine);
    expect(shown).toHaveLength(2);
    expect([io.signals, io.keys, io.out.broken].map(({ observed }) => observed)).toEqual([false, false, false]);
  });

  it('goes on when one of several is refused, and fails with the last of them', async () => {
    const io = fakeIo();
    const told = new Subject<WatchEvent>();
    const subjects = ['BTCUSDT', 'NOSUCH'].map((instrument) => ({ ...subject, instrument }));
    const presenter = { show: () => undefined, end: () => undefined };
    const scheduler = new VirtualTimeScheduler();
    const code = present(() => told, io, { subjects, presenter, scheduler, for: undefined });

    told.next({ type: 'refused', at: 0, instrument: 'NOSUCH', why: 'no such symbol' });
    expect(told.observed).toBe(true);
    told.next({ type: 'refused', at: 0, instrument: 'BTCUSDT', why: 'delisted' });

    expect(await code).toBe(EXIT.failed);
    expect(io.err.text()).toBe('millrace: delisted\n');
  });

  it('follows what is typed, where a q is a letter', async () => {
    const io = fakeIo();
    const sets: (readonly string[])[] = [];
    const scheduler = new VirtualTimeScheduler();
    const code = present(
      (instruments$) =>
        merge(
          instruments$.pipe(
            tap((set) => sets.push([...set])),
            ignoreElements(),
          ),
          NEVER,
        ),
      io,
      {
        subjects: [subject],
        presenter: { show: () => undefined, end: () => undefined },
        scheduler,
        for: undefined,
        spell: (symbol) => symbol.toUpperCase(),
      },
    );

    for (const key of ['s', 'q', 't', 'backspace', '1', 'return', 'x', 'q']) io.keys.next(key);

    expect(await code).toBe(EXIT.fine);
    expect(sets).toEqual([['BTCUSDT'], ['BTCUSDT', 'Q1'], ['BTCUSDT']]);
  });

  it('goes on at any other key', async () => {
    const { code, shown } = presented(forever(message), (io) => {
      io.keys.next('x');
    });

    await code;

    expect(shown).toEqual(['messages', 'key', 'time is over', 'end']);
  });
});

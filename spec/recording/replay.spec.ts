import fc from 'fast-check';
import {
  type Observable,
  VirtualTimeScheduler,
  asyncScheduler,
  firstValueFrom,
  from,
  map,
  switchMap,
  timer,
} from 'rxjs';
import type { HttpResponse, Network, Wire } from '../../lib/network/network.js';
import {
  type RecordedEvent,
  type RecordedSocket,
  type Recording,
  eventLine,
  headerLine,
} from '../../lib/recording/format.js';
import { parseRecording } from '../../lib/recording/parseRecording.js';
import { recorder } from '../../lib/recording/recorder.js';
import { type ReplayOptions, type ReplayProgress, replay } from '../../lib/recording/replay.js';
import { frame, http, recordingOf, socket } from './fixtures.js';

function play(recording: Recording, options: ReplayOptions = {}) {
  const host = new VirtualTimeScheduler();
  const steps: ReplayProgress[] = [];
  const network = replay(recording, { scheduler: host, progress: (step) => steps.push(step), ...options });
  const seen: unknown[] = [];
  const watch = (url = 'wss://venue.example/ws', name = '', onOpen: (wire: Wire) => void = () => {}) =>
    network.open({ url }).subscribe({
      next: (wire) => {
        onOpen(wire);
        wire.messages.subscribe((text) => seen.push([name + text, network.clock.now()]));
      },
      error: (error) => seen.push(error),
      complete: () => seen.push('complete'),
    });
  const ask = (url: string, name = '') =>
    network.request({ method: 'GET', url }).subscribe({
      next: ({ status, body }: HttpResponse) => seen.push([name + body, network.clock.now(), status]),
      error: (error) => seen.push(error),
    });
  return { host, network, seen, steps, watch, ask };
}

const texts = (seen: readonly unknown[]): readonly unknown[] => seen.map((one) => (Array.isArray(one) ? one[0] : one));
const depth = (symbol: string, version = 3): string => `https://venue.example/api/v${version}/depth?symbol=${symbol}`;

describe('replay at full speed', () => {
  it('serves wires by the sockets that it is told, wherever they were opened', () => {
    const sockets = ['1', '2'].map((name) => socket(name, 'wss://venue.example/ws'));
    const { host, network, seen } = play(
      recordingOf([frame(1_100, 'a', '1'), frame(1_200, 'b', '2'), frame(1_300, 'c', '3')], sockets),
    );

    for (const [name, heard] of [
      ['second ', ['2']],
      ['both ', ['1', '2']],
    ] as const) {
      network
        .through(heard)
        .open({ url: 'wss://elsewhere.example' })
        .subscribe((wire) => wire.messages.subscribe((text) => seen.push(name + text)));
    }
    host.flush();

    // A socket that the header does not name can be anybody's.
    expect(seen).toEqual(['both a', 'second b', 'both b', 'second c', 'both c']);
  });

  it('delivers the frames in order, each at its recorded time, in no time', () => {
    const { host, seen, watch, network } = play(
      recordingOf([frame(1_200.25, 'a'), frame(1_200.25, 'b'), frame(61_000, 'c')]),
    );
    expect(network.clock.now()).toBe(1_000);
    watch();
    host.flush();
    expect(seen).toEqual([
      ['a', 1_200.25],
      ['b', 1_200.25],
      ['c', 61_000],
    ]);
    expect(host.frame).toBe(0);
  });

  it('is cold, and stands still until a wire is open', () => {
    const { host, network, steps, watch } = play(recordingOf([frame(1_200, 'a')]));
    network.open({ url: 'wss://venue.example/ws' });
    host.flush();
    expect(steps).toEqual([]);
    watch();
    host.flush();
    expect(steps).toHaveLength(1);
  });

  it('tells its progress in the same step as the event', () => {
    const at: unknown[] = [];
    const events = [frame(1_001, 'a'), http(1_002, depth('A')), frame(1_003, 'b')];
    const { host, network, seen, watch } = play(recordingOf(events), {
      progress: ({ index, frames, at: time, total, event }) =>
        at.push([index, frames, time, total, event, seen.length]),
    });
    expect(network.position()).toEqual({ index: 0, frames: 0, at: 1_000, total: 3 });
    watch();
    host.flush();
    expect(at).toEqual([
      [1, 1, 1_001, 3, events[0], 1],
      [2, 1, 1_002, 3, events[1], 1],
      [3, 2, 1_003, 3, events[2], 2],
    ]);
  });

  it('tells the end, to late observers too, and leaves the wires open', () => {
    const { host, network, seen, watch } = play(recordingOf([frame(1_001, 'a')]));
    const ends: unknown[] = [];
    network.finished$.subscribe({ next: ({ frames }) => ends.push(frames), complete: () => ends.push('complete') });
    watch();
    host.flush();
    network.finished$.subscribe(({ frames }) => ends.push(frames));
    expect(ends).toEqual([1, 'complete', 1]);
    expect(texts(seen)).toEqual(['a']);
  });

  it('lets a client that subscribes in steps without delay miss nothing', () => {
    const { host, network, seen } = play(recordingOf([frame(1_000, 'first'), frame(1_001, 'second')]));
    let late: Observable<string> | undefined;
    network.open({ url: 'wss://venue.example/ws' }).subscribe((wire) => (late = wire.messages));
    timer(0, network.clock)
      .pipe(
        switchMap(() => timer(0, network.clock)),
        switchMap(() => timer(0, network.clock)),
      )
      .subscribe(() => late?.subscribe((text) => seen.push(text)));
    host.flush();
    expect(seen).toEqual(['first', 'second']);
  });

  it('runs timers of its clock between the events, and none after the last', () => {
    const { host, network, seen, watch } = play(recordingOf([frame(1_100, 'a'), frame(1_300, 'b')]));
    watch();
    for (const ms of [50, 100, 200, 300, 301]) {
      timer(ms, network.clock).subscribe(() => seen.push([ms, network.clock.now()]));
    }
    host.flush();
    expect(seen).toEqual([
      [50, 1_050],
      [100, 1_100],
      ['a', 1_100],
      [200, 1_200],
      [300, 1_300],
      ['b', 1_300],
    ]);
    expect(network.clock.now()).toBe(1_300);
  });

  it('lets timers take their real time before the first wire', () => {
    const { host, network, seen, watch } = play(recordingOf([frame(1_100, 'a')]));
    timer(30, network.clock).subscribe(() => watch());
    host.flush();
    expect(host.frame).toBe(30);
    expect(texts(seen)).toEqual(['a']);
  });

  it('holds no timer of the host when those before the first wire are cancelled', () => {
    const { host, network } = play(recordingOf([frame(1_100, 'a')]));
    const waiting = timer(30_000, network.clock).subscribe();
    host.schedule(() => waiting.unsubscribe(), 10);
    host.maxFrames = 20;
    host.flush();
    expect(host.actions.filter(({ closed }) => !closed)).toEqual([]);
  });

  it('pauses when nobody is there, and goes on for the next one', () => {
    const { host, seen, watch } = play(recordingOf([frame(1_100, 'a'), frame(1_200, 'b')]), {
      progress: ({ index }) => {
        if (index === 1) first.unsubscribe();
      },
    });
    const first = watch();
    host.flush();
    expect(texts(seen)).toEqual(['a']);
    watch(undefined, 'again ');
    host.flush();
    expect(texts(seen)).toEqual(['a', 'again b']);
  });

  it('gives the host turns in between', async () => {
    const events = Array.from({ length: 2_000 }, (_, n) => frame(1_000 + n, `${n}`));
    let turns = 0;
    const network = replay(recordingOf(events), { scheduler: asyncScheduler });
    const other = setInterval(() => (turns += 1));
    network.open({ url: 'wss://venue.example/ws' }).subscribe();
    await firstValueFrom(network.finished$);
    clearInterval(other);
    expect(turns).toBeGreaterThan(0);
  });

  it('completes a wire after our own close, and sends it nothing more', () => {
    const { host, seen, watch } = play(recordingOf([frame(1_100, 'a'), frame(1_200, 'b')]));
    let wire: Wire | undefined;
    watch(undefined, '', (open) => {
      wire = open;
      open.messages.subscribe(() => wire?.close());
    });
    host.flush();
    expect(texts(seen)).toEqual(['a', 'complete']);
  });

  it('answers what is sent, if told how, before the next frame', () => {
    const { host, seen, watch } = play(recordingOf([frame(1_000, 'a')]), {
      reply: (sent, { url }) => (sent === 'quiet' ? undefined : `ack ${sent} ${url}`),
    });
    watch('wss://other.example/x', '', (wire) => {
      wire.send('quiet');
      wire.send('sub');
    });
    host.flush();
    expect(texts(seen)).toEqual(['ack sub wss://other.example/x', 'a']);
  });

  it('serves each frame to each of the wires that may want it', () => {
    const { host, seen, watch } = play(recordingOf([frame(1_100, 'a')], [socket('1', 'wss://f.example/stream')]));
    watch('wss://f.example/public/ws', 'public ');
    watch('wss://f.example/market/ws', 'market ');
    host.flush();
    expect(texts(seen)).toEqual(['public a', 'market a']);
  });

  it('serves the sockets of a recording apart, and to a client that has fewer, together', () => {
    const sockets = [socket('1', 'wss://k.example'), socket('2', 'wss://k.example')];
    const recording = recordingOf(
      [frame(1_100, 'a', '1'), frame(1_101, 'b', '2'), frame(1_102, 'c', 'unnamed')],
      sockets,
    );
    const two = play(recording);
    two.watch('wss://k.example', 'x ');
    two.watch('wss://k.example', 'y ');
    two.host.flush();
    expect(texts(two.seen)).toEqual(['x a', 'y b', 'x c', 'y c']);
    const one = play(recording);
    one.watch('wss://k.example');
    one.host.flush();
    expect(texts(one.seen)).toEqual(['a', 'b', 'c']);
  });
});

describe('a recorded client that connected again', () => {
  const [url, other] = ['wss://k.example/ws', 'wss://k.example/other'];

  it('had its wire lost behind the last frame of the socket before', () => {
    const sockets = [socket('1', `${url}?token=a`), socket('2', `${url}?token=b`, 1_500)];
    const { host, network, seen, watch } = play(
      recordingOf([frame(1_100, 'a', '1'), frame(1_600, 'b', '2'), frame(1_700, 'c', '2')], sockets),
    );
    network.open({ url }).subscribe({ complete: () => watch(url, 'again ') });
    watch(url, 'lost ');
    host.flush();

    expect(seen).toEqual([['lost a', 1_100], 'complete', ['again b', 1_600], ['again c', 1_700]]);
  });

  it.each([
    ['was open already', [socket('1', url), socket('2', url, 1_050)]],
    ['has another address', [socket('1', url), socket('2', other, 1_500)]],
  ])('did not lose it to a socket that %s', (_, sockets) => {
    const { host, seen, watch } = play(recordingOf([frame(1_100, 'a', '1'), frame(1_600, 'b', '2')], sockets));
    watch('wss://elsewhere.example');
    host.flush();

    expect(texts(seen)).toEqual(['a', 'b']);
  });

  it('has no answer that was had beside the wire before, where it is of that session', () => {
    const events = [http(1_050, depth('A'), 'old'), http(1_060, '/list', 'list'), frame(1_100, 'a', '1')];
    const later = [http(1_550, depth('A'), 'new'), frame(1_600, 'b', '2')];
    const played = (behind: readonly RecordedEvent[]) => {
      const recording = recordingOf([...events, ...behind], [socket('1', url), socket('2', url, 1_500)]);
      const { host, network, seen, watch, ask } = play(recording, { ofSession: (one) => one.includes('depth') });
      const askAll = () => ['/list', depth('A')].forEach((one) => ask(`https://k.example${one}`));
      watch(url, '', askAll);
      network.open({ url }).subscribe({ complete: () => watch(url, '', askAll) });
      host.flush();
      return seen.map((one) =>
        Array.isArray(one) ? one[0] : ((Object(one) as { readonly status?: unknown }).status ?? one),
      );
    };

    expect(played(later)).toEqual(['old', 'list', 'a', 'complete', 'list', 'new', 'b']);
    expect(played(later.slice(1))).toEqual(['old', 'list', 'a', 'complete', 'list', 404, 'b']);
  });

  it('serves wires that were lost together by those that came in the place of theirs, in whatever order they were lost', () => {
    const sockets = [socket('1', url), socket('2', url), socket('3', url, 1_500), socket('4', url, 1_501)];
    const events = [
      ['b', '2'],
      ['a', '1'],
      ['c', '3'],
      ['d', '4'],
    ] as const;
    const recording = recordingOf(
      events.map(([text, name], i) => frame(i < 2 ? 1_100 : 1_600 + i, text, name)),
      sockets,
    );
    const { host, network, seen, watch } = play(recording);
    const again = (name: string): void => {
      network.open({ url }).subscribe({
        next: ({ messages }) => messages.subscribe((text) => seen.push([`${name} ${text}`])),
        complete: () => watch(url, `${name} again `),
      });
    };
    again('first');
    again('second');
    host.flush();

    expect(texts(seen)).toEqual(['second b', 'first a', 'first again c', 'second again d']);
  });

  it('serves wires by what they ask for, where the recorded client had found them dead in another order', () => {
    const asked = (name: string, text: string, openedAt?: number) => ({
      ...socket(name, url, openedAt),
      sent: [{ at: 1_000, data: `{"op":"subscribe","topic":"${text}"}` }],
    });
    // All fall silent at once; that of b is found dead first, that of c never: its market is quiet.
    const sockets = [asked('1', 'a'), asked('2', 'b'), asked('3', 'c'), asked('4', 'b', 1_500), asked('5', 'a', 1_600)];
    const events = [
      ...[frame(1_090, 'c', '3'), frame(1_100, 'a', '1'), frame(1_101, 'b', '2')],
      ...[frame(1_700, 'b', '4'), frame(1_701, 'a', '5'), frame(1_800, 'a', '5')],
    ];
    const { host, network, seen } = play(recordingOf(events, sockets));
    const keep = (name: string, wires = name): void => {
      network.open({ url }).subscribe({
        next: ({ messages, send }) => {
          messages.subscribe((text) => seen.push([`${wires} ${text}`]));
          send(`{"op":"subscribe","topic":"${name}"}`);
        },
        complete: () => keep(name, `${wires} again`),
      });
    };
    for (const name of ['a', 'b', 'c']) keep(name);
    host.flush();

    expect(texts(seen)).toEqual(['c c', 'a a', 'b b', 'b again b', 'a again a', 'a again a']);
  });

  it('keeps a wire of ours that another socket of its serves yet', () => {
    const sockets = [socket('1', url), socket('2', url), socket('3', url, 1_500), socket('4', url, 1_501)];
    const { host, seen, watch } = play(
      recordingOf([frame(1_100, 'a', '1'), frame(1_200, 'b', '2'), frame(1_600, 'c', '3')], sockets),
    );
    watch(url);
    host.flush();

    expect(texts(seen)).toEqual(['a', 'b', 'complete']);
  });
});

describe('answers of a replay', () => {
  const recording = recordingOf([frame(1_100, 'a'), http(1_200, depth('A', 1), 'snapshot A', 203), frame(1_300, 'b')]);

  it('are those to just so much, where others are to the same', () => {
    const url = 'https://venue.example/order_book/btcusd?group=';
    const { host, seen, ask } = play(recordingOf([http(1_100, `${url}2`), http(1_200, `${url}1`), frame(1_300, 'a')]));
    for (const group of ['1', '2', '3']) ask(`${url}${group}`);
    host.flush();

    expect(texts(seen)).toEqual([`${url}1`, `${url}2`, `${url}1`]);
  });

  it('come at their place, however early they were asked for', () => {
    const { host, seen, watch, ask } = play(recording);
    watch(undefined, '', () => ask(depth('a')));
    host.flush();
    expect(seen).toEqual([
      ['a', 1_100],
      ['snapshot A', 1_200, 203],
      ['b', 1_300],
    ]);
  });

  it('come at once when their place is past, and again and again', () => {
    const { host, seen, watch, ask } = play(recording, {
      progress: ({ index }) => {
        if (index === 3) ask(depth('A'));
      },
    });
    watch();
    host.flush();
    ask(depth('A'));
    host.flush();
    expect(texts(seen)).toEqual(['a', 'b', 'snapshot A', 'snapshot A']);
  });

  it('come when asked for, if so wished', () => {
    const { host, seen, watch, ask } = play(recording, { answers: 'asked' });
    watch(undefined, '', () => ask(depth('A')));
    host.flush();
    expect(texts(seen)).toEqual(['snapshot A', 'a', 'b']);
  });

  it('come at once before the recording begins', () => {
    const { host, seen, ask } = play(recording);
    ask(depth('A'));
    host.flush();
    expect(seen).toEqual([['snapshot A', 1_000, 203]]);
  });

  it('are given in turn where there are several: what is past and new, what comes next, the last again', () => {
    const events = [http(1_100, depth('A'), '1'), frame(1_200, 'a'), http(1_300, depth('A'), '2'), frame(1_400, 'b')];
    const { host, seen, watch, ask } = play(recordingOf(events), {
      progress: ({ event }) => {
        if (event?.kind === 'frame') ['x', 'y'].forEach((name) => ask(depth('A'), `${name} `));
      },
    });
    watch();
    host.flush();
    ask(depth('A'), 'end ');
    host.flush();
    // x and y at "a": the first takes what is past, and as that is given, the second waits for the next.
    expect(texts(seen)).toEqual(['a', 'x 1', 'y 2', 'b', 'x 2', 'y 2', 'end 2']);
  });

  it('are the next to come, where an older one was left because several asked at once', () => {
    const events = [
      frame(1_050, 'a'),
      http(1_100, depth('A'), '1'),
      http(1_100, depth('A'), '2'),
      frame(9_000, 'b'),
      http(9_010, depth('A'), '3'),
      frame(9_020, 'c'),
    ];
    const { host, seen, watch, ask } = play(recordingOf(events), {
      progress: ({ event }) => {
        if (event?.kind !== 'frame') return;
        if (event.data === 'a') ['x', 'y'].forEach((name) => ask(depth('A'), `${name} `));
        if (event.data === 'b') ask(depth('A'), 'z ');
      },
    });
    watch();
    host.flush();
    expect(texts(seen)).toEqual(['a', 'x 1', 'y 1', 'b', 'z 3', 'c']);
  });

  it('reach all who wait, and nobody who stopped waiting', () => {
    const { host, seen, watch, ask } = play(recording);
    watch(undefined, '', () => {
      ask(depth('A'), 'x ');
      ask(depth('A'), 'y ').unsubscribe();
      ask(depth('A'), 'z ');
    });
    host.flush();
    expect(texts(seen)).toEqual(['a', 'x snapshot A', 'z snapshot A', 'b']);
  });

  it('that are not there are errors without the query', () => {
    const { host, seen, ask } = play(recording);
    ask(`${depth('B')}&token=12345678`);
    host.flush();
    expect(seen).toMatchObject([{ name: 'RequestFailedError', status: 404 }]);
    expect(String(seen[0])).not.toContain('12345678');
  });
});

describe('replay at a pace', () => {
  const recording = recordingOf([frame(1_100, 'a'), http(1_200, depth('A'), 'snapshot'), frame(1_600, 'b')]);
  const timed = (options: ReplayOptions): readonly unknown[] => {
    const run = play(recording, options);
    const times: unknown[] = [];
    run.network.open({ url: 'wss://venue.example/ws' }).subscribe((wire) => {
      wire.messages.subscribe((text) => times.push([text, run.host.now(), run.network.clock.now()]));
      run.network
        .request({ method: 'GET', url: depth('A') })
        .subscribe(({ body }) => times.push([body, run.host.now(), run.network.clock.now()]));
    });
    run.network.finished$.subscribe(() => times.push(['end', run.host.now(), run.network.clock.now()]));
    run.host.flush();
    return times;
  };

  it('takes the time that the recording took', () => {
    expect(timed({ speed: 'real' })).toEqual([
      ['a', 100, 1_100],
      ['snapshot', 200, 1_200],
      ['b', 600, 1_600],
      ['end', 600, 1_600],
    ]);
  });

  it.each([
    [10, [10, 20, 60]],
    [0.5, [200, 400, 1_200]],
  ])('at %d times the speed takes its share', (speed, at) => {
    expect(timed({ speed }).map((one) => (one as unknown[])[1])).toEqual([...at, at[2]]);
  });

  it.each([0, -1, NaN, Infinity])('refuses the speed %d', (speed) => {
    expect(() => replay(recording, { speed })).toThrow(
      expect.objectContaining({ name: 'InvalidArgumentError', field: 'speed' }),
    );
  });

  it('leaves no timer behind when nobody is there any more, and goes on later', () => {
    const { host, seen, watch } = play(recording, { speed: 'real' });
    const first = watch();
    host.schedule(() => first.unsubscribe(), 150);
    host.maxFrames = 150;
    host.flush();
    expect(host.actions.filter(({ closed }) => !closed)).toEqual([]);
    host.schedule(() => watch(), 5_000);
    host.maxFrames = Infinity;
    host.flush();
    expect(seen).toEqual([
      ['a', 1_100],
      ['b', 1_600],
    ]);
  });
});

describe('recording a replay', () => {
  const event = fc.record({
    gap: fc.integer({ min: 0, max: 4_000 }).map((quarter) => quarter / 4),
    kind: fc.constantFrom('frame', 'frame', 'frame', 'http'),
    socket: fc.constantFrom('1', '2', '3'),
    text: fc.string({ unit: 'binary', minLength: 1 }),
  });
  const urls = ['wss://venue.example/a', 'wss://venue.example/b', 'wss://venue.example/b?q=1'];
  const recordings = fc.array(event, { minLength: 1, maxLength: 60 }).map((parts) => {
    let at = 1_700_000_000_000;
    const sockets: readonly RecordedSocket[] = urls.map((url, i) => socket(`${i + 1}`, url, at));
    const events: readonly RecordedEvent[] = parts.map((part, n) => {
      at += part.gap;
      return part.kind === 'frame'
        ? frame(at, part.text, part.socket)
        : http(at, `https://venue.example/x${n}/depth`, part.text);
    });
    return recordingOf(events, sockets);
  });

  function again(recording: Recording, options: ReplayOptions): Recording {
    const host = new VirtualTimeScheduler();
    const lines: string[] = [];
    const player = replay(recording, { ...options, scheduler: host });
    const network: Network & { header(): Recording['header'] } = recorder(player, {
      sink: (line) => lines.push(line),
      venue: recording.header.venue,
      clock: player.clock,
    });
    for (const { url } of recording.header.sockets) {
      network.open({ url }).subscribe((wire) => wire.messages.subscribe());
    }
    const asked = recording.events.flatMap((one) => (one.kind === 'http' ? [one.url] : []));
    // Once the wires are open: asked before, they are answered at once.
    from(asked)
      .pipe(map((url) => timer(0, player.clock).pipe(switchMap(() => network.request({ method: 'GET', url })))))
      .subscribe((response$) => response$.subscribe());
    host.flush();
    return parseRecording([headerLine(network.header()), ...lines]);
  }

  it('gives the same recording again, at full speed', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const copy = again(recording, {});
        expect(copy.events).toEqual(recording.events);
        expect(copy.header.sockets).toEqual(recording.header.sockets);
        expect(again(copy, {})).toEqual(copy);
      }),
    );
  });

  it('gives the same events again, in real time', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        expect(again(recording, { speed: 'real' }).events.map(eventLine)).toEqual(recording.events.map(eventLine));
      }),
      { numRuns: 30 },
    );
  });
});

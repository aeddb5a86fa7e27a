import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../../lib/cli/exitCode.js';
import { run } from '../../../lib/cli/run.js';
import { fakeIo } from '../support/fakeIo.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = join(folder, 'made.ndjson.gz');
const words = (line: string): readonly string[] => line.split(' ');

describe('run', () => {
  it('plays what is whole of a recording that was cut off, and says so', async () => {
    const io = fakeIo();
    const header = {
      recording: 1,
      venue: 'kraken',
      market: 'spot',
      capturedAt: '',
      url: 'wss://x',
      sent: [],
      sockets: [],
    };
    const event = { at: 1, kind: 'frame', socket: '1', data: '{"event":"heartbeat"}' };
    const cut = join(folder, 'cut.ndjson');
    writeFileSync(cut, `${JSON.stringify(header)}\r\n${JSON.stringify(event)}\r\n{"at":2,"ki`);

    const code = await run(words(`replay ${cut} --json`), io);
    rmSync(cut);

    expect(code).toBe(EXIT.fine);
    expect(io.err.text()).toBe(`millrace: ${cut}: line 3 breaks off; what stands before is read\n`);
    expect(JSON.parse(io.out.text())).toMatchObject({ frames: 1, otherFrames: { heartbeat: 1 } });
  });

  it('says by its exit code that a recording has nothing, also in a document', async () => {
    const io = fakeIo();
    const none = join(folder, 'none.ndjson');
    writeFileSync(none, '{"recording":1,"venue":"kraken","capturedAt":"","url":"wss://x","sent":[],"sockets":[]}\n');

    const code = await run(words(`replay ${none} --json`), io);
    rmSync(none);

    expect([code, io.err.text()]).toEqual([EXIT.nothing, `millrace: ${none}: nothing was received\n`]);
    expect(JSON.parse(io.out.text())).toMatchObject({ frames: 0, https: 0, symbols: {} });
  });

  it('records a simulated venue and plays the recording back to one document', async () => {
    const recording = fakeIo();
    const playing = fakeIo();

    const recorded = await run(words(`record --simulated --faults none --out ${file} --for 1500ms`), recording);
    const replayed = await run(words(`replay ${file} --json`), playing);

    expect([recorded, recording.err.text()]).toEqual([EXIT.fine, '']);
    expect(replayed).toBe(EXIT.fine);
    const document: unknown = JSON.parse(playing.out.text());
    expect(document).toMatchObject({
      oracle: 1,
      recording: 'made.ndjson.gz',
      venue: 'binance',
      market: 'spot',
      https: 1,
      symbols: { BTCUSDT: { book: { snapshots: 1, gaps: 0, crossed: 0 } } },
    });
    expect(readdirSync(folder)).toEqual(['made.ndjson.gz']);
  });

  it('overwrites nothing that it was not told to', async () => {
    const io = fakeIo();
    writeFileSync(file, 'precious');

    expect(await run(words(`record --simulated --out ${file} --for 1s`), io)).toBe(EXIT.misuse);
    expect(io.err.text()).toBe(`millrace: ${file} exists already; give --force to overwrite it\n`);
  });

  it('reports a file that can not be written', async () => {
    const io = fakeIo();

    expect(await run(words(`record --simulated --out ${folder}/no/such/x --for 1s`), io)).toBe(EXIT.failed);
    expect(io.err.text()).toMatch(/^millrace: ENOENT.*\n$/);
  });

  it('writes no recording where nothing was received', async () => {
    const io = fakeIo();
    const line = `record --url ws://127.0.0.1:1 --out ${folder}/nothing --for 100ms`;

    expect(await run(words(line), io)).toBe(EXIT.nothing);
    expect(io.err.text()).toMatch(
      /^millrace: nothing was received, so .*nothing was not written: ws:.*ECONNREFUSED\n$/,
    );
    expect(readdirSync(folder)).toEqual(['made.ndjson.gz']);
  });

  it('serves a simulated venue that watch can connect to', async () => {
    const serving = fakeIo();
    const watching = fakeIo();
    const served = run(words('simulate --port 0'), serving);
    await serving.out.said('Ctrl-C');
    const [, url = ''] = /sockets +(\S+)/.exec(serving.out.text()) ?? [];

    const watched = await run(words(`watch --url ${url} --json --for 1s`), watching);
    serving.signals.next('SIGINT');

    expect(watched).toBe(EXIT.fine);
    expect(await served).toBe(EXIT.fine);
    const lines = watching.out
      .text()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ type: 'connection', status: 'ready' }));
    expect(lines).toContainEqual(expect.objectContaining({ type: 'book', status: 'live' }));
    expect(lines.at(-1)).toMatchObject({ type: 'end', why: 'time is over' });
  });

  it('shows a gap and its mending', async () => {
    const io = fakeIo();

    const code = await run(words('watch --simulated --faults drop@300ms --for 1500ms'), io);

    expect(code).toBe(EXIT.fine);
    expect(io.out.text()).toMatch(
      /book live, [^]*book stale: gap\n[^]*book live after \d+ ms, [^]*1 gap, 1 resnapshot,/,
    );
  });

  it('draws on a terminal, and gives it back', async () => {
    const io = fakeIo(true);
    const watched = run(words('watch --simulated --faults none'), io);
    await io.out.said('● book live');

    io.keys.next('q');

    expect(await watched).toBe(EXIT.fine);
    const [, after] = io.out.text().split('\u001b[?25h\u001b[?1049l');
    expect(after).toMatch(/^BTCUSDT: stopped; \d+ messages?, 0 gaps, .*\n$/);
  });

  it('ends when the venue refuses the instrument', async () => {
    const io = fakeIo();

    expect(await run(words('watch --simulated --instrument NOSUCH'), io)).toBe(EXIT.failed);
    expect(io.err.text()).toMatch(/^millrace: binance refused .*NOSUCH.*\n$/);
  });

  it.each([
    ['nonsense', /^millrace: unknown command "nonsense": accepted: watch, replay, record, simulate, relay\n$/],
    ['watch --venue nowhere', /^millrace: --venue "nowhere": accepted: binance, [a-z0-9, ]+\n$/],
    ['watch --simulated --faults boom@1s', /^millrace: --faults: .*boom.*accepted: .*drop.*\n$/],
    ['watch --market usdm --channel candles --interval 1s', /^millrace: --interval "1s": accepted: 1m, .*\n$/],
    ['replay /no/such/file', /^millrace: \/no\/such\/file: there is no such file; .*\n$/],
    ['replay package.json', /^millrace: package.json: .*line 1.*\n$/],
    [
      'watch A --venue binance --url wss://me:very-secret@x.example',
      /^millrace: url: expected .* without user.*…x.example"\n$/,
    ],
    ['simulate --venue okx --faults numbersAnew@5s', /^millrace: fault: expected drop, .*got "numbersAnew"\n$/],
    ['replay lib', /^millrace: lib is a folder; .*\n$/],
  ])('answers the misuse "%s" with one line', async (line, message) => {
    const io = fakeIo();

    expect(await run(words(line), io)).toBe(EXIT.misuse);
    expect(io.err.text()).toMatch(message);
    expect(io.out.text()).toBe('');
  });
});

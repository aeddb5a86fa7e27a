import fs, {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readRecording } from '../../lib/node/readRecording.js';
import { recordingFile } from '../../lib/node/recordingFile.js';
import { eventLine, headerLine } from '../../lib/recording/format.js';
import { frame, http, recordingOf } from '../recording/fixtures.js';
import { NO_RECORDINGS, recordedLines, RECORDINGS, recordingsOf } from '../support/recordings.js';

describe('recording files', () => {
  let folder: string;
  const path = (name = 'x.ndjson.gz'): string => join(folder, name);
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'millrace-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const recording = recordingOf([
    frame(1_001.25, 'ü\n"x"'),
    http(1_002, 'https://venue.example/', '{}'),
    frame(1_003, ''),
  ]);
  const text = `${[headerLine(recording.header), ...recording.events.map(eventLine)].join('\n')}\n`;

  it('hold the header first and every line after it', async () => {
    const file = recordingFile(path());
    for (const event of recording.events) file.sink(eventLine(event));
    await file.finish(recording.header);
    expect(gunzipSync(readFileSync(path())).toString()).toBe(text);
    expect(await readRecording(path())).toEqual(recording);
    expect(readdirSync(folder)).toEqual(['x.ndjson.gz']);
  });

  const many = Array.from({ length: 9_000 }, (_, n) => frame(n, `${n} ${String(Math.sin(n))}`.repeat(10)));

  it('are recordings already while they are written, as far as they go, where the header is told', async () => {
    const file = recordingFile(path(), { header: () => recording.header });
    for (const event of many) file.sink(eventLine(event));
    const { header, events } = await readRecording(path('x.ndjson.gz.part'));
    expect(header).toEqual(recording.header);
    expect(events.length).toBeGreaterThan(many.length / 2);
    expect(events).toEqual(many.slice(0, events.length));
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are gzip while they are written without one, and whole in the end however long their header is', async () => {
    const file = recordingFile(path());
    for (const event of many) file.sink(eventLine(event));
    expect(gunzipSync(readFileSync(path('x.ndjson.gz.part'))).length).toBeGreaterThan(1_000_000);
    const header = { ...recording.header, sent: many.map((_, n) => String(Math.sin(n))) };
    await file.finish(header);
    expect(await readRecording(path())).toEqual({ header, events: many });
  });

  it('are not mixed with those of another that takes over their names', async () => {
    const first = recordingFile(path());
    first.sink(eventLine(frame(1, 'first')));
    const second = recordingFile(path(), { overwrite: true });
    second.sink(eventLine(frame(2, 'second')));
    await first.finish(recording.header);
    expect((await readRecording(path())).events).toEqual([frame(1, 'first')]);
    await second.finish(recording.header);
    expect((await readRecording(path())).events).toEqual([frame(2, 'second')]);
    expect(readdirSync(folder)).toEqual(['x.ndjson.gz']);
  });

  describe('on a disk that is full', () => {
    const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const { writeSync } = fs;
    const { open } = promises;
    beforeEach(() => {
      // For a copy there is never any room; for the spool there is room for so many bytes.
      jest.spyOn(promises, 'open').mockImplementation(async (name, flags) => {
        const file = await open(name, flags);
        if (String(name).endsWith('.tmp')) jest.spyOn(file, 'write').mockRejectedValue(full());
        return file;
      });
    });
    afterEach(() => {
      jest.restoreAllMocks();
    });
    const fillAfter = (bytes: number): void => {
      let room = bytes;
      jest.spyOn(fs, 'writeSync').mockImplementation(((
        file: number,
        data: Buffer,
        from: number,
        size: number,
        at: number,
      ) => {
        if (at === 0) return writeSync(file, data, from, size, at);
        if (room === 0) throw full();
        const some = Math.min(room, size);
        room -= some;
        return writeSync(file, data, from, some, at);
      }) as typeof writeSync);
    };

    it('are whole as far as they go', async () => {
      fillAfter(100_000);
      const file = recordingFile(path());
      expect(() => {
        for (const event of many) file.sink(eventLine(event));
      }).toThrow('ENOSPC');
      await file.finish(recording.header);
      const { header, events, brokenOff } = await readRecording(path());
      expect([header, brokenOff]).toEqual([recording.header, undefined]);
      expect(events.length).toBeGreaterThan(1_000);
      expect(events).toEqual(many.slice(0, events.length));
      expect(readdirSync(folder)).toEqual(['x.ndjson.gz']);
    });

    it('are whole where only a copy has no room, and take no place but their own', async () => {
      writeFileSync(path(), 'mine');
      const file = recordingFile(path(), { overwrite: true });
      for (const event of many) file.sink(eventLine(event));
      await file.finish(recording.header);
      expect(await readRecording(path())).toEqual({ header: recording.header, events: many });
      expect(readdirSync(folder)).toEqual(['x.ndjson.gz']);
    });

    it('say what is missing where the last of them finds no room', async () => {
      const file = recordingFile(path());
      for (const event of many) file.sink(eventLine(event));
      fillAfter(10);
      await expect(file.finish(recording.header)).rejects.toThrow(
        `ENOSPC: no space left on device; what came before is in ${path()}`,
      );
      const { events } = await readRecording(path());
      expect(events).toEqual(many.slice(0, events.length));
      expect(events.length).toBeGreaterThan(many.length / 2);
    });
  });

  it('never take the place of what is no file', () => {
    expect(() => recordingFile('/dev/null', { overwrite: true })).toThrow('/dev/null is no file');
  });

  it('of any length spool to the disk while they are written', async () => {
    const events = Array.from({ length: 3_000 }, (_, n) => frame(n, `${n} `.repeat(100)));
    const file = recordingFile(path());
    for (const event of events) file.sink(eventLine(event));
    expect(statSync(path('x.ndjson.gz.part')).size).toBeGreaterThan(0);
    await file.finish(recording.header);
    expect((await readRecording(path())).events).toEqual(events);
  });

  it('without any event are recordings too', async () => {
    await recordingFile(path()).finish(recording.header);
    expect(await readRecording(path())).toEqual({ header: recording.header, events: [] });
  });

  it('are not replaced unless that is wished', async () => {
    writeFileSync(path(), 'mine');
    expect(() => recordingFile(path())).toThrow('exists');
    expect(readFileSync(path(), 'utf8')).toBe('mine');
    const file = recordingFile(path(), { overwrite: true });
    expect(readFileSync(path(), 'utf8')).toBe('mine');
    await file.finish(recording.header);
    expect((await readRecording(path())).header).toEqual(recording.header);
  });

  it.each(['x.ndjson.gz', 'x.ndjson.gz.part'])('are not written through a link at %s, dangling or not', (name) => {
    for (const target of ['victim', 'nowhere']) {
      if (target === 'victim') writeFileSync(path('victim'), 'mine');
      symlinkSync(path(target), path(name));
      expect(() => recordingFile(path())).toThrow(`${name} exists`);
      expect(lstatSync(path(name)).isSymbolicLink()).toBe(true);
      rmSync(path(name));
    }
    expect(readFileSync(path('victim'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['victim']);
  });

  it('replace links where they may, and never what these lead to', async () => {
    writeFileSync(path('victim'), 'mine');
    for (const end of ['', '.part', '.tmp']) symlinkSync(path('victim'), path(`x.ndjson.gz${end}`));
    const file = recordingFile(path(), { overwrite: true });
    file.sink('{}');
    await file.finish(recording.header);
    expect(readFileSync(path('victim'), 'utf8')).toBe('mine');
    expect(lstatSync(path()).isSymbolicLink()).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['victim', 'x.ndjson.gz']);
  });

  // What is found in the way at the end only costs the whole recording.
  it.each(['x.ndjson.gz.part', 'x.ndjson.gz.tmp'])('leave %s of another one alone, and say so at once', (name) => {
    writeFileSync(path(name), 'of another');
    expect(() => recordingFile(path())).toThrow(`${name} exists already`);
    expect(readFileSync(path(name), 'utf8')).toBe('of another');
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('never take the place of a folder, and say so at once', () => {
    mkdirSync(path());
    expect(() => recordingFile(path(), { overwrite: true })).toThrow('x.ndjson.gz is a folder');
    expect(readdirSync(folder)).toEqual(['x.ndjson.gz']);
  });

  it('leave what turned up meanwhile, say where they are, and are whole there', async () => {
    const file = recordingFile(path());
    for (const event of recording.events) file.sink(eventLine(event));
    writeFileSync(path(), 'mine');
    await expect(file.finish(recording.header)).rejects.toThrow('x.ndjson.gz.tmp');
    await file.discard();
    expect(readFileSync(path(), 'utf8')).toBe('mine');
    expect(await readRecording(path('x.ndjson.gz.tmp'))).toEqual(recording);
    expect(readdirSync(folder).sort()).toEqual(['x.ndjson.gz', 'x.ndjson.gz.tmp']);
  });

  it('do not fill a file that somebody else has begun', async () => {
    const file = recordingFile(path());
    writeFileSync(path('x.ndjson.gz.tmp'), 'of another');
    await expect(file.finish(recording.header)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(path('x.ndjson.gz.tmp'), 'utf8')).toBe('of another');
    expect(readdirSync(folder)).toEqual(['x.ndjson.gz.tmp']);
  });

  it('that are discarded leave nothing behind, and take nothing more', async () => {
    const file = recordingFile(path());
    file.sink('{}');
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
    expect(() => file.sink('{}')).toThrow('finished');
    await expect(file.finish(recording.header)).rejects.toThrow('finished');
  });

  it('can not be written where there is no folder', () => {
    expect(() => recordingFile(path('none/x.ndjson.gz'))).toThrow('ENOENT');
  });

  it('are read plain as well', async () => {
    writeFileSync(path('x.ndjson'), text.trimEnd());
    expect(await readRecording(path('x.ndjson'))).toEqual(recording);
  });

  it('that were cut off are read as far as they are whole, and say so', async () => {
    writeFileSync(path(), Buffer.from(text.slice(0, -10)));
    expect(await readRecording(path())).toEqual({
      ...recording,
      events: recording.events.slice(0, -1),
      brokenOff: `line ${recording.events.length + 1} breaks off`,
    });

    // In the middle of a letter.
    writeFileSync(path(), Buffer.concat([Buffer.from(`${text}{"data":"`), Buffer.from('é').subarray(0, 1)]));
    expect(await readRecording(path())).toMatchObject({ events: recording.events, brokenOff: expect.any(String) });

    // Of other texts, so that not all is in one piece.
    const frames = Array.from({ length: 9_000 }, (_, i) => frame(i, `a${i * 7_919}`));
    const packed = gzipSync([headerLine(recording.header), ...frames.map(eventLine)].join('\n'));
    writeFileSync(path(), packed.subarray(0, packed.length / 2));
    const { events, brokenOff } = await readRecording(path());
    expect(events).toEqual(frames.slice(0, events.length));
    expect(events.length).toBeGreaterThan(3_000);
    expect(brokenOff).toMatch(/breaks off/);
  });

  it('that are missing give the error of Node', async () => {
    await expect(readRecording(path())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each<readonly [string, Buffer, number, RegExp]>([
    ['an empty file', Buffer.of(), 1, /empty/],
    ['a gzip cut off in its header', gzipSync(text).subarray(0, 40), 1, /empty|no JSON/],
    ['a damaged gzip', Buffer.concat([gzipSync(text).subarray(0, 20), Buffer.alloc(50, 255)]), 0, /damaged/],
    ['a broken line between others', Buffer.from(text.replace('"kind":"frame"', '"kind":"fra')), 2, /no JSON/],
    [
      'bytes that are no text',
      Buffer.concat([Buffer.from(headerLine(recording.header)), Buffer.of(10, 0xff, 0xfe)]),
      0,
      /UTF-8/,
    ],
    ['an image', Buffer.from('\u0089PNG'), 1, /no JSON/],
  ])('that are rubbish are refused: %s', async (_name, content, line, words) => {
    writeFileSync(path(), content);
    const error: unknown = await readRecording(path()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'RecordingFormatError', message: expect.stringMatching(words) });
    if (line > 0) expect(error).toMatchObject({ line });
  });
});

const names = recordingsOf();
const none = names.length === 0;

(none ? describe.skip : describe)(`the real recordings${none ? ` (${NO_RECORDINGS})` : ''}`, () => {
  it.each(none ? ['none'] : names)('%s is read and written again as it is', async (name) => {
    const lines = recordedLines(name).filter((line) => line !== '');
    const { header, events } = await readRecording(join(RECORDINGS, name));

    // The last digit of a time may be spelled otherwise: the same double has more than one spelling of 17 digits.
    const parts = (line: string): readonly [number, string] => {
      const [, at = '', rest = ''] = /^\{"at":([\d.]+)(,.*)$/s.exec(line) ?? [];
      return [Number(at), rest];
    };
    const differing = events.filter((event, i) => {
      const [[at, rest], [givenAt, givenRest]] = [parts(eventLine(event)), parts(lines[i + 1] ?? '')];
      return at !== givenAt || rest !== givenRest || rest === '';
    });
    expect(events).toHaveLength(lines.length - 1);
    expect(differing).toEqual([]);
    expect(JSON.parse(headerLine(header))).toEqual(JSON.parse(lines[0] ?? ''));
  });
});

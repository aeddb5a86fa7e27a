import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { EXIT } from '../../lib/cli/exitCode.js';
import { run } from '../../lib/cli/run.js';
import { fakeIo } from './support/fakeIo.js';

/** Starting processes takes its time on a busy machine. */
const PATIENCE = 60_000;

const FULL = '/dev/full';

const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
const recording = join(folder, 'a.ndjson.gz');
/** One file, once: `tsx` would compile all of them at each start. Beside the packages that it imports. */
const program = join('node_modules', '.cache', `main-${String(process.pid)}.mjs`);
beforeAll(async () => {
  const bundled = ['--bundle', '--packages=external', '--platform=node', '--format=esm', '--log-level=warning'];
  const esbuild = join('node_modules', '.bin', 'esbuild');
  expect(spawnSync(esbuild, ['lib/cli/main.ts', ...bundled, `--outfile=${program}`]).status).toBe(0);
  const words = ['record', '--simulated', '--for', '1s', '--out', recording];
  expect(await run(words, fakeIo())).toBe(EXIT.fine);
}, PATIENCE);
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(program);
});

const started = (...words: readonly string[]): ChildProcessByStdio<null, Readable, Readable> =>
  spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Resolves once `text` was printed; goes on reading. */
function printed(stream: Readable, text: string): Promise<void> {
  let seen = '';
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(text)) resolve();
    });
    stream.once('end', () => {
      reject(new Error(`"${text}" was never printed, but ${seen}`));
    });
  });
}

describe('the program', () => {
  it(
    'watches a simulated venue when nothing is asked for, and ends cleanly by SIGINT',
    async () => {
      const child = started();
      const errors = textOf(child.stderr);
      await printed(child.stdout, 'book live');
      child.kill('SIGINT');

      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];

      expect([code, signal, await errors]).toEqual([0, null, '']);
    },
    PATIENCE,
  );

  it(
    'ends quietly when the reader of its pipe goes away',
    async () => {
      const child = started('watch', '--json');
      const errors = textOf(child.stderr);
      await once(child.stdout, 'data');
      child.stdout.destroy();

      const [code] = (await once(child, 'close')) as [number | null];

      expect([code, await errors]).toEqual([0, '']);
    },
    PATIENCE,
  );

  // A device that takes nothing, as a full disk does: only Linux has it.
  (existsSync(FULL) ? it.each : it.skip.each)([
    ['watch'],
    ['watch', '--json'],
    ['replay', recording],
    ['replay', '--json', recording],
    ['simulate', '--port', '0'],
    ['--help'],
  ])(
    'ends with 1 and one line where its output is lost though nobody went away: %s %s',
    async (...words) => {
      const full = openSync(FULL, 'w');
      const child = spawn(process.execPath, [program, ...words], {
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      const closed = once(child, 'close');
      const errors = await textOf(child.stderr as Readable);
      const [code] = (await closed) as [number | null];

      expect(code).toBe(1);
      expect(errors).toMatch(/^millrace: the output can't be written: ENOSPC.*\n$/);
    },
    PATIENCE,
  );

  it(
    'tells a misuse on one line and by its exit code',
    async () => {
      const child = started('replay', 'no-such-file');
      const closed = once(child, 'close');
      const [output, errors] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
      const [code] = (await closed) as [number | null];

      expect([code, output]).toEqual([2, '']);
      expect(errors).toMatch(/^millrace: no-such-file: there is no such file; .*\n$/);
    },
    PATIENCE,
  );
});

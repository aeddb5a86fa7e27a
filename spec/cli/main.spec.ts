import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Starting a process that compiles as it loads takes its time on a busy machine. */
const PATIENCE = 60_000;

const started = (...words: readonly string[]): ChildProcessByStdio<null, Readable, Readable> =>
  spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });

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

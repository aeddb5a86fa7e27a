import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a client that others wrote says of itself. */
export interface Line {
  readonly kind: string;
  readonly value: unknown;
}

export interface Client {
  /** Reads on until a line is the one wanted. */
  until(isWanted: (line: Line) => boolean): Promise<Line>;
  say(word: string): void;
  end(): Promise<void>;
}

/** A client in a process of its own. Each line that it prints is shown to `heard` as it is read. */
export function clientOf(script: string, args: readonly string[], heard: (line: Line) => void): Client {
  const child = spawn(process.execPath, [join(__dirname, script), ...args]);
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(String(text)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return {
    until: async (isWanted) => {
      for (;;) {
        const next = await lines.next();
        if (next.done === true) throw new Error(`${script} is gone: ${errors.join('')}`);
        const line = JSON.parse(next.value) as Line;
        heard(line);
        if (isWanted(line)) return line;
      }
    },
    say: (word) => {
      child.stdin.write(`${word}\n`);
    },
    end: async () => {
      child.kill();
      await exited;
    },
  };
}

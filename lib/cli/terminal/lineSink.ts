import type { Output } from './io.js';

/** Lines kept for a reader that is slow. What comes on top is left out and counted. */
const HELD = 1_000;

/** Writes lines to an output that may be slower than the stream. */
export interface LineSink {
  write(line: string): void;
  /** Writes what is held, whatever the reader's pace. */
  end(): void;
}

/**
 * @param dropped The line that stands for `count` lines left out.
 */
export function lineSink(output: Output, dropped: (count: number) => string): LineSink {
  let full = false;
  let held: string[] = [];
  let lost = 0;
  const flush = (): void => {
    const lines = lost > 0 ? [...held, dropped(lost)] : held;
    held = [];
    lost = 0;
    full = lines.length > 0 && !output.write(`${lines.join('\n')}\n`);
  };
  const listening = output.drained.subscribe(flush);
  return {
    write: (line) => {
      if (!full) full = !output.write(`${line}\n`);
      else if (held.length < HELD) held.push(line);
      else lost += 1;
    },
    end: () => {
      listening.unsubscribe();
      flush();
    },
  };
}

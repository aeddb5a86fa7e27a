import { show } from './show.js';

/** Compares what a test saw with what it expected, and throws when they differ. A runner's own `toEqual` fits. */
export type AssertEqual = (actual: unknown, expected: unknown) => void;

/**
 * Throws an `Error` that shows, line by line, how `actual` differs from `expected`. Compares what values hold, not their
 * classes: books that were folded in different ways and hold the same levels are equal.
 */
export const assertEqual: AssertEqual = (actual, expected) => {
  const [received, wanted] = [lines(actual), lines(expected)];
  if (received.join('\n') === wanted.join('\n')) return;
  throw new Error(`not as expected (- expected, + received)\n\n${difference(wanted, received).join('\n')}\n`);
};

interface Message {
  readonly frame: number;
  readonly notification: { readonly kind: 'N' | 'E' | 'C'; readonly value?: unknown; readonly error?: unknown };
}

/** What a marble test compares is a list of messages; each is a line of its own, under its time. */
function lines(value: unknown): readonly string[] {
  const text = Array.isArray(value) && value.every(isMessage) ? value.map(line).join('\n') : show(value);
  return text === '' ? ['(nothing)'] : text.split('\n');
}

function line({ frame, notification: { kind, value, error } }: Message): string {
  return `${frame} ms  ${kind === 'N' ? show(value) : kind === 'E' ? `error ${show(error)}` : 'complete'}`;
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'frame' in value && 'notification' in value;
}

/** The shortest way from one text to the other, by their longest common subsequence. */
function difference(wanted: readonly string[], received: readonly string[]): readonly string[] {
  const common = wanted.map(() => received.map(() => 0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = wanted.length - 1; i >= 0; i--) {
    const row = common[i] ?? [];
    for (let j = received.length - 1; j >= 0; j--) {
      row[j] = wanted[i] === received[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < wanted.length || j < received.length) {
    if (i < wanted.length && j < received.length && wanted[i] === received[j]) {
      lines.push(`  ${wanted[i++]}`);
      j++;
    } else if (i < wanted.length && (j >= received.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`- ${wanted[i++]}`);
    } else lines.push(`+ ${received[j++]}`);
  }
  return lines;
}

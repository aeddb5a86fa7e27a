import type { BreakNote } from './machine/note.js';

export type { BreakNote };

/** Facts of a break: what was expected and what came; for people as `text` says, else by those. */
export interface BreakFacts {
  readonly expected?: number | string | undefined;
  readonly received?: number | undefined;
  readonly text?: string;
}

/** What speaks against a book. */
export function broken(reason: BreakNote['reason'], { expected, received, text }: BreakFacts = {}): BreakNote {
  const wording = expected === undefined ? reason : `${reason}, expected ${expected}, got ${received ?? 'another'}`;
  return { type: 'gap', reason, expected, received, text: text ?? wording };
}

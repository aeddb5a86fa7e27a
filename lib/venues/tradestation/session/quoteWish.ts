/**
 * What is said to a wire of quotes. `forget`: the venue serves it no more, and nothing is reopened for that. `again`: something
 * was missed, and only a new wire tells what.
 */
export interface QuoteWish {
  readonly op: 'add' | 'remove' | 'forget' | 'again';
  readonly symbols: readonly string[];
}

/**
 * What such a wire says of itself, between the venue's lines. `opened`: the next frame of each of these symbols is a full
 * one. `refused`: the venue would not open a stream with these, and what was open before goes on.
 */
export interface QuoteNotice {
  readonly quoteWire: 'opened' | 'refused';
  readonly symbols: readonly string[];
  readonly text?: string;
}

export const isNotice = (frame: object): frame is QuoteNotice => 'quoteWire' in frame;

/** What is no wish goes nowhere. */
export function wishOf(text: string): QuoteWish | undefined {
  try {
    const wish = JSON.parse(text) as Partial<QuoteWish>;
    return wish.op === undefined || wish.symbols === undefined ? undefined : { op: wish.op, symbols: wish.symbols };
  } catch {
    return undefined;
  }
}

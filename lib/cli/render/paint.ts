import { createColors } from 'picocolors';

/** Colours a text. Each is the identity where colours are not wanted. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

export const paintFor = (coloured: boolean): Paint => createColors(coloured);

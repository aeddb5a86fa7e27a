import { fit } from '../render/text.js';
import type { Output } from './io.js';

/** Between two lines where they can't be drawn over one another. */
const EVERY = 25;

/** One line that tells how far something is. */
export interface ProgressLine {
  show(text: string): void;
  end(): void;
}

/** Drawn over itself on a terminal; elsewhere every 25th is a line of its own. */
export function progressLine(output: Output): ProgressLine {
  let shown = 0;
  return {
    show: (text) => {
      if (output.isTTY) output.write(`\r${fit(text, output.size().columns - 1)}`);
      else if (shown % EVERY === EVERY - 1) output.write(`${text}\n`);
      shown += 1;
    },
    end: () => {
      if (output.isTTY && shown > 0) output.write('\n');
    },
  };
}

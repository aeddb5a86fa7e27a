import type { Output } from './io.js';

const ESC = String.fromCharCode(27);
const ENTER = `${ESC}[?1049h${ESC}[?25l${ESC}[2J`;
/** Shows the cursor again and goes back to the first page. */
export const RESTORE = `${ESC}[?25h${ESC}[?1049l`;

/** Draws screens over one another on the terminal's second page. */
export interface Display {
  draw(lines: readonly string[]): void;
  /** Forgets what stands there, so that the next one is drawn whole: after a resize. */
  clear(): void;
  /** Gives the terminal back as it was, cursor included. Safe to call twice. */
  close(): void;
}

/** Only lines that changed are written, so nothing flickers. A terminal that is slow misses screens, never lines. */
export function display(output: Output): Display {
  let shown: readonly string[] = [];
  let full = false;
  let open = true;
  output.write(ENTER);
  const listening = output.drained.subscribe(() => (full = false));
  return {
    draw: (lines) => {
      if (!open || full) return;
      const changed = lines.flatMap((line, row) => (line === shown[row] ? [] : [`${ESC}[${row + 1};1H${line}`]));
      shown = lines;
      if (changed.length > 0) full = !output.write(changed.join(''));
    },
    clear: () => {
      shown = [];
      if (open) output.write(`${ESC}[2J`);
    },
    close: () => {
      if (!open) return;
      open = false;
      listening.unsubscribe();
      output.write(RESTORE);
    },
  };
}

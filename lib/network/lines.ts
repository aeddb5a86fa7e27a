/** Text without its line ends, as it is put together out of pieces that are cut anywhere. */
export interface LineSplitter {
  /** Takes the next piece; hands out each line that it ends, blank ones left out. */
  push(piece: string): void;
  /** There is no more: hands out what has no line end. */
  end(): void;
}

/** A line outgrew its bound: it may never end. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';
  constructor(
    /** In characters. */
    readonly limit: number,
  ) {
    super(`a line is over the limit of ${limit} characters`);
  }
}

/**
 * Cuts a text that arrives in pieces into lines (`\n` or `\r\n`). A piece is looked through once, however long the line
 * that it belongs to.
 *
 * @param most The longest line, in characters. `push` and `end` throw a {@link LineTooLongError} beyond it; the lines
 *   before it were handed out.
 */
export function lineSplitter(most: number, line: (text: string) => void): LineSplitter {
  let pieces: string[] = [];
  let length = 0;

  const hold = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
    if (length > most) throw new LineTooLongError(most);
  };
  const end = (): void => {
    const whole = pieces.join('');
    pieces = [];
    length = 0;
    const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    if (text.trim() !== '') line(text);
  };
  return {
    push: (piece) => {
      let from = 0;
      for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
        hold(piece.slice(from, at));
        end();
        from = at + 1;
      }
      if (from < piece.length) hold(piece.slice(from));
    },
    end,
  };
}

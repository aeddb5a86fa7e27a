const ESCAPE = String.fromCharCode(27);
/** Classes of the codes that `lib/cli/render/paint.ts` writes. */
const CLASSES: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  36: 'cyan',
};
const STYLE = `
  body { margin: 0; background: #0d1117; color: #e3e8ee; }
  pre { margin: 0; padding: 16px; font: 14px/1.25 'DejaVu Sans Mono', monospace; display: inline-block; }
  .bold { font-weight: bold; } .dim { color: #8b97a6; }
  .red { color: #ff7b86; } .green { color: #3ecf8e; } .yellow { color: #f5b94a; } .cyan { color: #4fb8b0; }
`;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** A screen of the terminal as a page. */
export function ansiHtml(lines: readonly string[]): string {
  let open = 0;
  const body = lines
    .join('\n')
    .split(ESCAPE)
    .map((piece, index) => {
      if (index === 0) return escaped(piece);
      const [, code = '', text = ''] = /^\[(\d*)m([^]*)$/.exec(piece) ?? [];
      const name = CLASSES[code];
      if (name !== undefined) open += 1;
      else open = Math.max(0, open - 1);
      return `${name === undefined ? '</span>' : `<span class="${name}">`}${escaped(text)}`;
    })
    .join('');
  return `<!doctype html><style>${STYLE}</style><pre>${body}${'</span>'.repeat(open)}</pre>`;
}

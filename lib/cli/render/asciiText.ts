import { cells } from './text.js';

/** What stands for the signs that views are drawn with. Each takes as many cells as what it stands for. */
const SIGNS: Readonly<Record<string, string>> = {
  '─': '-',
  '│': '|',
  '┤': '|',
  '┼': '+',
  '╭': '.',
  '╮': '.',
  '╰': "'",
  '╯': "'",
  '╵': "'",
  '█': '#',
  '▉': '#',
  '▊': '#',
  '▋': '#',
  '▌': '=',
  '▍': '-',
  '▎': '-',
  '▏': '-',
  '░': '.',
  '●': '*',
  '◌': 'o',
  '○': 'o',
  '▸': '>',
  '→': '>',
  '↑': '^',
  '↓': 'v',
  '…': '~',
  '–': '-',
  '×': 'x',
  '·': '.',
};

/** The text in ASCII, cell by cell: what has no like becomes `?`, two of them where it is wide. */
export const asciiText = (text: string): string =>
  text.replace(/[^\p{ASCII}]/gu, (sign) => SIGNS[sign] ?? '?'.repeat(cells(sign)));

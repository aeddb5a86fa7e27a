/** Draws every `marbles/*.txt` as `docs/diagrams/*.svg`. Run by `npm run diagrams`. */
import './readerGone.js';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseMarbleDiagramSpecification } from '@swirly/parser';
import { renderMarbleDiagram } from '@swirly/renderer-node';
import { lightStyles } from '@swirly/theme-default-light';

const sources = new URL('../marbles/', import.meta.url);
const pictures = new URL('../docs/diagrams/', import.meta.url);

// Labels are prices and sequences rather than letters: smaller type, wider marbles.
const styles = {
  ...lightStyles,
  event_radius: 22,
  event_value_font_size: 13,
  frame_width: 34,
  stream_title_width: 150,
};

mkdirSync(pictures, { recursive: true });
for (const file of readdirSync(sources).filter((name) => name.endsWith('.txt'))) {
  const diagram = parseMarbleDiagramSpecification(readFileSync(new URL(file, sources), 'utf8'));
  const { xml } = renderMarbleDiagram(diagram, { styles });
  writeFileSync(new URL(`${basename(file, '.txt')}.svg`, pictures), xml);
  process.stdout.write(`docs/diagrams/${basename(file, '.txt')}.svg\n`);
}

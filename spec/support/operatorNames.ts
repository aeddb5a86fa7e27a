import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './docs.js';

/** What `millrace` exports of its operators, types left out: by the file it is of, so that a new one is among them. */
export const operatorNames: readonly string[] = [
  ...readFileSync(join(root, 'lib/index.ts'), 'utf8').matchAll(
    /^export \{([^}]*)\} from '\.\/(?:operators\/|feed\/foldBook)/gm,
  ),
].flatMap(([, names = '']) => names.split(',').flatMap((name) => /^\s*(\w+)\s*$/.exec(name)?.[1] ?? []));

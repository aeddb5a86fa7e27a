import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import { PROTOCOLS as folder } from './recordings.js';

/** Whether the pages about the protocol lie beside the project. */
export const hasPage = existsSync(join(folder, 'dxlink.md')) && existsSync(join(folder, 'dxlink'));

/** `describe` where the pages are there; a skipped one that says why where they are not. */
export const describeWithPage = (name: string, run: () => void): void => {
  if (hasPage) describe(name, run);
  else describe.skip(`${name} (skipped: no protocol pages beside the recordings, see MILLRACE_RECORDINGS)`, run);
};

export interface PageFrame {
  readonly from: 'client' | 'server';
  readonly text: string;
  /** The last comment above it. */
  readonly comment: string;
}

/** The frames of the n-th block of the page, in order; of all blocks where none is named. */
export function pageFrames(block?: number): readonly PageFrame[] {
  if (!hasPage) return [];
  const page = readFileSync(join(folder, 'dxlink.md'), 'utf8');
  const blocks = [...page.matchAll(/^```frames\n(.*?)^```/gms)].map(([, text = '']) => text);
  const chosen = block === undefined ? blocks : [blocks[block] ?? ''];
  return chosen.flatMap((text) => {
    let comment = '';
    return text.split('\n').flatMap((line): readonly PageFrame[] => {
      if (line.startsWith('#')) comment = line;
      if (!/^[CS] /.test(line)) return [];
      return [{ from: line.startsWith('C') ? 'client' : 'server', text: line.slice(2), comment }];
    });
  });
}

/** Validates a frame of one side against the published schema; says what is wrong, or nothing. */
export function schemaOf(side: 'ClientMessage' | 'ServerMessage'): (text: string) => string | undefined {
  const schema = JSON.parse(readFileSync(join(folder, 'dxlink/dxlink-messages.schema.json'), 'utf8')) as {
    readonly $id: string;
  };
  const ajv = new Ajv2020.default({ strict: false });
  ajv.addSchema(schema);
  const validate = ajv.getSchema(`${schema.$id}#/$defs/${side}`) as ValidateFunction;
  return (text) => {
    const frame: unknown = JSON.parse(text);
    return validate(frame) ? undefined : `${text.slice(0, 300)}: ${ajv.errorsText(validate.errors).slice(0, 300)}`;
  };
}

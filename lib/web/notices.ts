import { element } from './element.js';
import { clock } from './words.js';

const MOST = 50;
const WELL: readonly string[] = ['resnapshot', 'live', 'ready'];

/** What went wrong and what was mended, newest first. */
export class Notices {
  readonly node: HTMLElement;
  readonly #list = element('ol');

  constructor() {
    this.node = element('section', 'faults', element('h3', '', 'what went wrong, and what was mended'), this.#list);
  }

  add(at: number, type: string, message: string): void {
    const time = element('span', 'muted', clock(at));
    const kind = element('span', WELL.includes(type) ? 'well' : 'ill', type);
    this.#list.prepend(element('li', '', time, kind, element('span', '', message)));
    while (this.#list.children.length > MOST) this.#list.lastElementChild?.remove();
  }
}

import { element } from './element.js';
import type { Notices } from './notices.js';
import type { WebSettings } from './settings.js';

/** Buttons that injure the simulated venue, so that one sees what a book says that can't be trusted. */
export function injuryButtons(injuries: WebSettings['injuries'], notices: Notices): HTMLElement {
  const buttons = injuries.map(({ name, words }) => {
    const button = element('button', '', words);
    button.type = 'button';
    button.dataset['injury'] = name;
    button.addEventListener('click', () => {
      void injured(name).then((at) => {
        notices.add(at, 'injury', `the venue is to ${words}`);
      });
    });
    return button;
  });
  return element('nav', 'injuries', element('span', 'muted', 'have the venue'), ...buttons);
}

/** @returns When it was done. */
async function injured(name: string): Promise<number> {
  const response = await fetch(`injure?name=${name}`, { method: 'POST' });
  const { at } = (await response.json()) as { readonly at: number };
  return at;
}

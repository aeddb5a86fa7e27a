import type { Link } from '../../lib/socket/plan.js';

/** A session that notes what its dialect does with it, one line for each call. */
export function tellingLink(): { readonly link: Link; readonly told: string[] } {
  const told: string[] = [];
  const tell =
    (what: string) =>
    (...said: readonly unknown[]): void => {
      told.push([what, ...said.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))].join(' '));
    };
  const link: Link = {
    deliver: tell('deliver'),
    accepted: tell('accepted'),
    refused: tell('refused'),
    confirmed: tell('confirmed'),
    rejected: tell('rejected'),
    interrupted: tell('interrupted'),
    send: tell('send'),
    lose: tell('lose'),
    report: tell('report'),
    changed: tell('changed'),
  };
  return { link, told };
}

import type { Link } from '../../lib/socket/plan.js';

/** A session that notes what its dialect does with it, one line for each call. */
export function notingLink(): { readonly link: Link; readonly noted: string[] } {
  const noted: string[] = [];
  const note =
    (what: string) =>
    (...args: readonly unknown[]): void => {
      noted.push([what, ...args.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))].join(' '));
    };
  const link: Link = {
    deliver: note('deliver'),
    accepted: note('accepted'),
    refused: note('refused'),
    confirmed: note('confirmed'),
    rejected: note('rejected'),
    interrupted: note('interrupted'),
    send: note('send'),
    lose: note('lose'),
    report: note('report'),
    changed: note('changed'),
  };
  return { link, noted };
}

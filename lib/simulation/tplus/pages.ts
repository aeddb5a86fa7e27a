import type { HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import type { Parameters } from '../parameters.js';

/** Which page is asked for: they count from 0. */
export interface PageWanted {
  readonly page: number;
  readonly limit: number;
}

/** How lists are answered: in pages since v0.6, bare before. */
export type ListForm = 'pages' | 'bare';

/** A page holds 100, at most 1,000 unless more is said. */
export function pageOf(parameters: Parameters, most = 1_000): PageWanted {
  const whole = (name: string, otherwise: number): number =>
    parameters.whole(name, 0, Number.MAX_SAFE_INTEGER, otherwise);
  return { page: whole('page', 0), limit: Math.min(most, Math.max(1, whole('limit', 100))) };
}

/**
 * A page of items, or the items alone. Source of the envelope: `model/klines.py` of tpluspy v0.6; that of `/markets` is not
 * documented, and taken for the same.
 *
 * @param more Further fields, as JSON.
 */
export function itemsAnswer(
  items: readonly string[],
  { page, limit }: PageWanted,
  form: ListForm,
  more = '',
): HttpResponse {
  const wanted = items.slice(page * limit, (page + 1) * limit);
  if (form === 'bare') return jsonAnswer(200, `[${wanted.join()}]`);
  const hasNext = (page + 1) * limit < items.length;
  return jsonAnswer(
    200,
    `{"items":[${wanted.join()}],"page":${page},"limit":${limit},"total_pages":${Math.ceil(items.length / limit)}` +
      `,"cursor_size":${wanted.length},"has_next_page":${hasNext},"next_page":${hasNext ? page + 1 : 'null'}${more}}`,
  );
}

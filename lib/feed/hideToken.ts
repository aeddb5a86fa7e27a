/** The text without the token, should the venue repeat it. */
export const hideToken = (text: string, token: string | undefined): string =>
  token === undefined || token === '' ? text : text.split(token).join('…');

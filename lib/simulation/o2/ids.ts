/** The venue takes ids with and without `0x`, in either case. */
export const idOf = (text: string): string => `0x${text.replace(/^0x/i, '').toLowerCase()}`;

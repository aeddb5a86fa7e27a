type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether text is written in UTF-8: by the first of LC_ALL, LC_CTYPE and LANG that says something (POSIX, "Environment
 * Variables"). Where none does it is not, but on Windows, whose terminals are not told by these.
 */
export function isUtf8({ LC_ALL, LC_CTYPE, LANG }: Environment, platform: string): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((one) => one !== undefined && one !== '');
  return locale === undefined ? platform === 'win32' : /utf-?8/i.test(locale);
}

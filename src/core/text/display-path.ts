/** A path as it is shown: the home folder as `~`, where it is known. */
export function displayPath(path: string, home: string | undefined): string {
  if (home === undefined || home === '') return path;
  const base = home.endsWith('/') ? home : `${home}/`;
  return path.startsWith(base) ? `~/${path.slice(base.length)}` : path;
}

/** A number, or a percentage of something, as AWS writes both: `50`, `10%`. */
export type Share = string;

/** Whether a text is one. */
export function isShare(text: string): boolean {
  return /^(?:[1-9]\d{0,6}|0|(?:100|[1-9]?\d)%)$/u.test(text);
}

/** How many of `total` it means; a percentage is rounded down. */
export function shareOf(share: Share, total: number): number {
  const number = Number.parseInt(share, 10);
  return share.endsWith('%') ? Math.floor((total * number) / 100) : number;
}

/** A number as people write it: `9,412`. */
export function thousands(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
}

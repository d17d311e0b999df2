/** Whether long series are tried as a whole, as before every release; it takes minutes more. */
export const everything = process.env['COMPULSORY'] === '1';

/** All of a long series where `everything` is tried; else as many of it, evenly spread, and stderr says so. */
export function part<Case>(what: string, all: readonly Case[], count: number): readonly Case[] {
  if (everything || all.length <= count) return all;
  process.stderr.write(`${what}: ${count} of ${all.length} are tried; COMPULSORY=1 tries all\n`);
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] as Case);
}

import { describe, expect, it } from 'vitest';
import { parseSource, projectFiles, readText, sources } from './source.js';
import { looseEnds, processUses, undocumentedExports, unreasonedEscapes } from './style.js';

const configs = projectFiles().filter((path) => /^[\w.]+\.config\.ts$/u.test(path));
const house = sources('src');
const everything = sources('src', 'scripts', 'test');

const streams = ['src/bin.ts', 'src/adapters/output/'];

/** Where each part of the process may be touched; files or folders of `src`. */
const doorways: Readonly<Record<string, readonly string[]>> = {
  stdin: streams,
  stdout: streams,
  stderr: streams,
  // Where this program lies, so that it can start itself as the probe's child.
  argv: ['src/bin.ts', 'src/cli/compose.ts'],
  exitCode: ['src/bin.ts'],
  // The end on a signal, once everything is cleaned up, and of a run that something else holds up.
  exit: ['src/bin.ts', 'src/cli/run.ts'],
  // The rehearsal's stand-in for OpenClaw is a program of its own, in a process of its own.
  env: ['src/bin.ts', 'src/main.ts', 'src/cli/compose.ts', 'src/mock-host/openclaw.ts'],
};

function throughTheWall(path: string, name: string): boolean {
  const allowed = doorways[name];
  return allowed !== undefined && !allowed.some((place) => path.startsWith(place));
}

describe('every module', () => {
  it('has no any, no !, no enum, no namespace, no default export', () => {
    expect(everything.flatMap(looseEnds)).toEqual([]);
  });

  it('gives a reason where it turns a rule off', () => {
    expect(everything.flatMap(unreasonedEscapes)).toEqual([]);
  });
});

describe('every module of the product', () => {
  it('has a docstring above everything that it exports', () => {
    expect(house.flatMap(undocumentedExports)).toEqual([]);
  });

  it('touches the process only at its doorways', () => {
    const wrong = house.flatMap((source) =>
      processUses(source)
        .filter(({ name }) => throughTheWall(source.path, name))
        .map(({ name, place }) => `${place}: process.${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('writes nothing to the console', () => {
    expect(house.filter(({ text }) => /\bconsole\s*\.\s*\w+\(/u.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('is at most 250 lines long', () => {
    const long = [...house, ...sources('scripts')]
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });
});

describe('the readers of style', () => {
  it('see what is loose', () => {
    const text =
      'let a!: string;\nconst b = c!;\nexport function d(e: any) {}\nexport default d;\nenum F { G }\nnamespace H {}';
    expect(looseEnds(parseSource('x.ts', text)).map((line) => line.slice(0, 6))).toEqual([
      'x.ts:1',
      'x.ts:2',
      'x.ts:3',
      'x.ts:4',
      'x.ts:5',
      'x.ts:6',
    ]);
  });

  it('see an export without a docstring', () => {
    const text =
      '/** good */\nexport const a = 1;\n// bad\nexport const b = 1;\n/** far */\nconst c = 1;\nexport type D = 1;';
    expect(undocumentedExports(parseSource('x.ts', text))).toEqual(['x.ts:4: b', 'x.ts:7: D']);
  });

  it('tell an escape with a reason from one without', () => {
    const disable = ['oxlint', 'disable', 'next', 'line'].join('-');
    const ignore = ['@ts', 'ignore'].join('-');
    const escapes = (text: string) => unreasonedEscapes(parseSource('x.ts', `${text}\nconst a = 1;`)).length;
    expect(escapes(`// ${disable} no-console`)).toBe(1);
    expect(escapes(`// ${disable} no-console -- it is the outlet`)).toBe(0);
    expect(escapes(`// It is the outlet.\n// ${disable} no-console`)).toBe(0);
    expect(escapes(`// It is the outlet.\n\n// ${disable} no-console`)).toBe(1);
    expect(escapes(`// Because.\n// ${ignore} -- because`)).toBe(1);
    expect(escapes('// nothing is turned off here')).toBe(0);
  });

  it('see every way to the process', () => {
    const text = `
      process.exitCode = 1;
      const { env, stdout } = process;
      once(process, 'SIGINT');
      const own = { process: 1 };
      own.process = process['argv'];
    `;
    expect(processUses(parseSource('x.ts', text)).map(({ name }) => name)).toEqual([
      'exitCode',
      'env',
      'stdout',
      'process',
      'argv',
    ]);
  });
});

describe('the configuration files', () => {
  it('are the only ones with a default export', () => {
    expect(configs.filter((path) => !/^export default /mu.test(readText(path)))).toEqual([]);
    expect(configs.length).toBeGreaterThan(0);
  });
});

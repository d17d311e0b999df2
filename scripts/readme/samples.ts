/** A block of output in a paper, and the arguments that print it. */
export interface Sample {
  readonly words: readonly string[];
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Runs the program and gives what it wrote to a stream. */
export type Print = (sample: Pick<Sample, 'words' | 'stream'>) => Promise<string>;

const marked = /<!-- (stdout|stderr) of: (.*) -->\n```\n([\s\S]*?)```\n/gu;

/** The blocks that stand below a comment such as `<!-- stdout of: plan --mock -->`. */
export function samplesIn(paper: string): readonly Sample[] {
  return [...paper.matchAll(marked)].map(([, stream, words = '', text = '']) => ({
    words: words.split(' '),
    stream: stream === 'stderr' ? 'stderr' : 'stdout',
    text,
  }));
}

/** Output without what differs from run to run: ports, times, temporary folders, ids of receipts. */
export function withoutChance(text: string): string {
  return text
    .replaceAll(/(?<=127\.0\.0\.1:)\d+/gu, 'PORT')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/gu, 'TIME')
    .replaceAll(/\d+ ms/gu, 'N ms')
    .replaceAll(/ {2}\d+\.\d s$/gmu, '')
    .replaceAll(/\/\S*\/openclaw-bedrock-setup-\w+(?=\/)/gu, 'FOLDER')
    .replaceAll(/\br-[0-9a-f]{12}\b/gu, 'RECEIPT');
}

/** A paper with its samples as the program prints them now. One that differs by chance only stays as it is. */
export async function withSamples(paper: string, print: Print): Promise<string> {
  let result = paper;
  for (const { words, stream, text } of samplesIn(paper)) {
    const now = await print({ words, stream });
    if (withoutChance(now) === withoutChance(text)) continue;
    const mark = `<!-- ${stream} of: ${words.join(' ')} -->\n\`\`\`\n`;
    result = result.replace(`${mark}${text}\`\`\`\n`, () => `${mark}${now}\`\`\`\n`);
  }
  return result;
}

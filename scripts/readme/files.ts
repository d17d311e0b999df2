/** A paper in which each JSON block below a comment that names a file is that file as it is. */
export function withFiles(paper: string, read: (path: string) => string): string {
  return paper.replaceAll(
    /<!-- (\S+\.json) -->\n```json\n[\s\S]*?```\n/gu,
    (_block, path: string) => `<!-- ${path} -->\n\`\`\`json\n${read(path)}\`\`\`\n`,
  );
}

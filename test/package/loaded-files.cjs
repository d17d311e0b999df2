// Loaded before a program: writes the names of the files of its bundle that it has loaded to $LOADED_FILES when it ends.
const { writeFileSync } = require('node:fs');
const { basename } = require('node:path');

const names = () =>
  Object.keys(require.cache)
    .filter((path) => /\bdist\b/u.test(path))
    .map((path) => basename(path, '.cjs'));

process.on('exit', () => writeFileSync(process.env.LOADED_FILES, JSON.stringify(names())));

// npm's own library: of each line {"range": ..., "versions": [...]} it tells whether that is a range, and which are in it.
'use strict';
const semver = require('semver');
const readline = require('readline');

readline.createInterface({ input: process.stdin }).on('line', line => {
  const { range, versions } = JSON.parse(line);
  const valid = semver.validRange(range) !== null;
  console.log(JSON.stringify({ valid, held: versions.filter(version => semver.satisfies(version, range)) }));
});

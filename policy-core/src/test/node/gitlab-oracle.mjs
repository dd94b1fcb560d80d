// gitlab-ci-local: of each line {"folder": ...} it tells whether the folder has a configuration, and the images of each job with variables
// replaced. Its steps are those of Parser.init, without what asks Git.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import readline from 'node:readline';

const library = file => import(pathToFileURL(path.resolve(process.argv[2], 'src', file)));
const { Parser } = await library('parser.js');
const { ParserIncludes } = await library('parser-includes.js');
const DataExpander = await library('data-expander.js');
const { Utils } = await library('utils.js');
const deepExtend = (await import(pathToFileURL(path.resolve(process.argv[2], '../deep-extend/lib/deep-extend.js')))).default;

async function jobs(cwd) {
  const options = { argv: {}, cwd, stateDir: '.state', writeStreams: { memoStdout() {} }, gitData: {}, fetchIncludes: false,
    variables: {}, expandVariables: false, maximumIncludes: 150 };
  const main = await Parser.loadYaml(`${cwd}/.gitlab-ci.yml`, {}, false);
  const data = deepExtend({}, ...await ParserIncludes.init(main, options));
  ParserIncludes.resetCount();
  DataExpander.jobExtends(data);
  DataExpander.reference(data, data);
  DataExpander.flattenLists(data);
  DataExpander.transformDeprecatedGlobalDefaultSyntax(data);
  DataExpander.inheritDefault(data);
  DataExpander.normalize(data);
  const found = {};
  Utils.forEachRealJob(data, (name, job) => {
    const variables = Utils.expandVariables({ ...(job.inherit?.variables === false ? {} : data.variables), ...job.variables });
    const all = [...(job.image?.name ? [job.image.name] : []), ...(job.services ?? []).map(service => service.name)];
    found[name] = all.map(image => Utils.expandText(image, variables));
  });
  return found;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { valid: true, jobs: await jobs(JSON.parse(line).folder) };
  } catch (problem) {
    ParserIncludes.resetCount();
    answer = { valid: false, problem: String(problem) };
  }
  console.log(JSON.stringify(answer));
}

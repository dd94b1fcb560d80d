// GitHub's own parser: prints what is wrong with workflows and actions. valid.mjs LIBRARY FILE...
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// The library imports JSON as bundlers allow it.
register('data:text/javascript,' + encodeURIComponent(`
  import { readFile } from 'node:fs/promises';
  export async function load(url, context, next) {
    return url.endsWith('.json')
      ? { format: 'module', shortCircuit: true, source: 'export default ' + await readFile(new URL(url), 'utf8') }
      : next(url, context);
  }`));

const [folder, ...files] = process.argv.slice(2);
const library = file => import(pathToFileURL(path.resolve(folder, 'dist', file)));
const { parseWorkflow, convertWorkflowTemplate } = await library('index.js');
const { parseAction, convertActionTemplate } = await library('actions/index.js');
const trace = { info() {}, verbose() {}, error() {} };

for (const name of files) {
  const isAction = path.basename(name) === 'action.yml';
  const parsed = (isAction ? parseAction : parseWorkflow)({ name, content: await readFile(name, 'utf8') }, trace);
  if (parsed.value !== undefined) {
    await (isAction ? convertActionTemplate : convertWorkflowTemplate)(parsed.context, parsed.value);
  }
  for (const error of parsed.context.errors.getErrors()) console.log(`${name}: ${error.message}`);
}

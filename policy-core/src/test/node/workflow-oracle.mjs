// GitHub's own parser: of each line {"text": ...} it tells whether that is a workflow, and the images that it names, as written.
import { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import readline from 'node:readline';

// The library imports JSON as bundlers allow it.
register('data:text/javascript,' + encodeURIComponent(`
  import { readFile } from 'node:fs/promises';
  export async function load(url, context, next) {
    return url.endsWith('.json')
      ? { format: 'module', shortCircuit: true, source: 'export default ' + await readFile(new URL(url), 'utf8') }
      : next(url, context);
  }`));

const library = pathToFileURL(path.resolve(process.argv[2], 'dist/index.js'));
const { parseWorkflow, convertWorkflowTemplate } = await import(library);
const trace = { info() {}, verbose() {}, error() {} };

function image(token) {
  if (token === undefined) return [];
  if (token.templateTokenType !== 2) return [token.toString()];
  for (const { key, value } of token) if (key.toString() === 'image') return [value.toString()];
  return [];
}

function services(token) {
  if (token === undefined) return [];
  return token.templateTokenType === 2 ? [...token].flatMap(({ value }) => image(value)) : [token.toString()];
}

function steps(list) {
  return (list ?? []).flatMap(step => [
    ...(step.uses && /^docker:\/\//i.test(step.uses.toString()) ? [step.uses.toString()] : []), ...steps(step.parallel)]);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const parsed = parseWorkflow({ name: 'w.yml', content: JSON.parse(line).text }, trace);
  let images = [];
  let valid = parsed.value !== undefined && parsed.context.errors.getErrors().length === 0;
  if (valid) {
    const workflow = await convertWorkflowTemplate(parsed.context, parsed.value);
    valid = parsed.context.errors.getErrors().length === 0;
    images = workflow.jobs.flatMap(job => [...image(job.container), ...services(job.services), ...steps(job.steps)]);
  }
  console.log(JSON.stringify({ valid, images }));
}

/* The fragment says what is shown: #VIEW, or #decisions/ID, and after "?" the filter. */
const VIEWS = ['decisions', 'policies', 'trust'];
const TEXTS = ['namespace', 'rule', 'image'];
const FILTERS = [...TEXTS, 'outcome'];
const LONGEST_TEXT = 300;

/** The outcomes of decisions, in the order in which the filter shows them. */
export const OUTCOMES = ['denied', 'warned', 'allowed', 'failed'];

/** What the fragment says; what it does not say, or nobody knows, is empty. */
export function readRoute(fragment) {
  const [path, query = ''] = fragment.replace(/^#/, '').split('?', 2);
  const [view, id = ''] = path.split('/', 2);
  const parameters = new URLSearchParams(query);
  const texts = TEXTS.map((name) => [name, (parameters.get(name) ?? '').slice(0, LONGEST_TEXT)]);
  const outcome = parameters.get('outcome');
  return {
    view: VIEWS.includes(view) ? view : '',
    id: view === 'decisions' ? id : '',
    filter: {...Object.fromEntries(texts), outcome: OUTCOMES.includes(outcome) ? outcome : ''},
  };
}

/** The fragment that says this. */
export function writeRoute({view, id, filter}) {
  const written = new URLSearchParams(FILTERS.filter((name) => filter[name]).map((name) => [name, filter[name]])).toString();
  return `#${view}${id ? `/${id}` : ''}${written ? `?${written}` : ''}`;
}

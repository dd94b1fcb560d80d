/* The fragment says what is shown: #VIEW, or #decisions/ID, and after "?" the filter. */
const VIEWS = ['decisions', 'policies', 'trust'];
export const FILTERS = ['namespace', 'rule', 'image', 'outcome'];

/** What the fragment says; what it does not say is empty. */
export function readRoute(fragment) {
  const [path, query = ''] = fragment.replace(/^#/, '').split('?', 2);
  const [view, id = ''] = path.split('/', 2);
  const parameters = new URLSearchParams(query);
  return {
    view: VIEWS.includes(view) ? view : '',
    id: view === 'decisions' ? id : '',
    filter: Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) ?? ''])),
  };
}

/** The fragment that says this. */
export function writeRoute({view, id, filter}) {
  const written = new URLSearchParams(FILTERS.filter((name) => filter[name]).map((name) => [name, filter[name]])).toString();
  return `#${view}${id ? `/${id}` : ''}${written ? `?${written}` : ''}`;
}

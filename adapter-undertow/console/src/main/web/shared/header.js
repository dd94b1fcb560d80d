/**
 * The bar at the top of each page: its name, links, and the switches of language and colours.
 */
import {h} from './dom.js';
import {remember} from './memory.js';
import {sign} from './signs.js';
import {changeLanguage, language, languages, t} from './text.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * Makes the bar. It is made again when the language changes.
 *
 * @param {{title: string, links: {href: string, text: string}[], tools?: Node}} page texts in the language of the reader, and what
 *     the page has in its bar
 */
export function header({title, links, tools}) {
  document.title = `${title} · Imagegate`;
  return h(
    'header',
    {class: 'bar'},
    h('a', {class: 'skip', href: '#main', onclick: skip}, t('shared.skip')),
    h('span', {class: 'logo', 'aria-hidden': 'true'}),
    h('h1', {}, h('span', {class: 'brand'}, 'Imagegate'), ' ', h('span', {class: 'page'}, title)),
    links.length > 0 && h('nav', {'aria-label': t('shared.pages')}, links.map(({href, text}) => h('a', {href, 'data-test': 'page-link'}, text))),
    h('div', {class: 'switches'}, languageSwitch(), themeSwitch()),
    tools,
  );
}

/** Without a change of the fragment, which may hold what the page shows. */
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function languageSwitch() {
  const other = Object.keys(languages).find((name) => name !== language());
  return h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      lang: other,
      'data-test': 'language',
      onclick: () => {
        changeLanguage(other);
        document.querySelector('[data-test=language]').focus();
      },
    },
    languages[other],
  );
}

function themeSwitch() {
  const button = h('button', {type: 'button', class: 'quiet', 'data-test': 'theme', 'aria-label': t('shared.dark')}, sign('theme'));
  const show = () => button.setAttribute('aria-pressed', isDark());
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    remember('theme', theme);
    show();
  });
  dark.onchange = show;
  show();
  return button;
}

function isDark() {
  return (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
}

import {fill, h} from '../shared/dom.js';
import {header} from '../shared/header.js';
import {sign} from '../shared/signs.js';
import {language, onLanguage, t} from '../shared/text.js';
import {clock} from '../shared/time.js';
import {DecisionsView} from './decisions.js';
import {OpenedDecision} from './opened.js';
import {identity, tiles} from './overview.js';
import {policiesView} from './policies.js';
import {readRoute, writeRoute} from './route.js';
import {trustView} from './trust.js';

const STATE_MILLIS = 10000;
const LOST_STATE_MILLIS = 2000;

/** The page: what the replica knows, asked for every ten seconds, and the view that the fragment names. */
class ConsolePage {
  #route = readRoute(location.hash);
  #state = null;
  #stateAt = '';
  #timer = 0;
  #asked = null;
  #drawn = new Map();
  #decisions = null;
  #identity = h('section', {class: 'identity', 'data-test': 'identity'});
  #tiles = h('ul', {class: 'tiles', 'data-test': 'tiles'});
  #tabs = h('nav', {class: 'tabs', 'data-test': 'tabs'});
  #lost = h('p', {class: 'banner bad', role: 'status', hidden: true, 'data-test': 'connection-lost'});
  #restarted = h('div', {class: 'banner', role: 'status', hidden: true, 'data-test': 'restarted'});
  #view = h('div', {class: 'view', 'data-test': 'view'});
  #opened = new OpenedDecision(() => this.#closeDecision());
  #bar = h('div');
  #main = h(
    'main',
    {id: 'main', class: 'console', tabindex: '-1'},
    this.#lost,
    this.#restarted,
    this.#identity,
    this.#tiles,
    this.#tabs,
    this.#view,
    this.#opened.element,
  );

  start() {
    document.body.append(this.#bar, this.#main);
    addEventListener('popstate', () => this.#moved());
    document.addEventListener('visibilitychange', () => this.#seenOrNot());
    onLanguage(() => this.#translate());
    this.#translate();
    this.#ask();
  }

  /* ---- the state ---- */

  async #ask() {
    clearTimeout(this.#timer);
    this.#asked ??= this.#askOnce().finally(() => (this.#asked = null));
    const answered = await this.#asked;
    clearTimeout(this.#timer);
    if (!document.hidden) {
      this.#timer = setTimeout(() => this.#ask(), answered ? STATE_MILLIS : LOST_STATE_MILLIS);
    }
  }

  async #askOnce() {
    const state = await readState();
    if (state) {
      this.#answered(state);
    } else {
      this.#lost.hidden = false;
      this.#drawLost();
    }
    return state !== null;
  }

  #answered(state) {
    const before = this.#state?.replica.started;
    const {started} = state.replica;
    this.#state = state;
    this.#stateAt = state.replica.now;
    this.#lost.hidden = true;
    this.#makeDecisions();
    if (before && before !== started) {
      this.#decisions?.restarted(started);
      this.#restarted.hidden = false;
    }
    this.#draw();
  }

  /* A status page without decisions has no list of them. */
  #makeDecisions() {
    const limit = this.#state.limits?.decisions ?? 0;
    if (limit > 0) {
      this.#decisions ??= new DecisionsView({
        limit,
        filter: this.#route.filter,
        onFilter: (filter) => this.#go({...this.#route, filter}, 'replaceState'),
        onOpen: (row) => this.#go({...this.#route, view: 'decisions', id: row.id}, 'pushState', {opened: true}),
        onConnected: () => this.#ask(),
        onLost: () => this.#ask(),
        rules: () => this.#ruleNames(),
      });
    }
  }

  #ruleNames() {
    return (this.#state.policySets ?? [])
      .flatMap((set) => set.policies ?? [])
      .flatMap((policy) => policy.rules.map((rule) => `${policy.name}/${rule.name}`));
  }

  /* ---- where we are ---- */

  #go(route, how, entry = history.state) {
    history[how](entry, '', writeRoute({...route, view: route.view || this.#shown()}));
    this.#moved();
  }

  /* The dialog is a step of the history if it was opened from the list, and none if the page began with it. */
  #closeDecision() {
    if (history.state?.opened) {
      history.back();
    } else {
      this.#go({...this.#route, id: ''}, 'replaceState');
    }
  }

  #moved() {
    this.#route = readRoute(location.hash);
    this.#decisions?.setFilter(this.#route.filter);
    this.#draw();
  }

  #shown() {
    return this.#views().includes(this.#route.view) ? this.#route.view : this.#views()[0];
  }

  #views() {
    const {certificates, registries, trustedRoots, policySets} = this.#state;
    return [
      this.#decisions && 'decisions',
      policySets && 'policies',
      (certificates?.length || registries || trustedRoots?.length) && 'trust',
    ].filter(Boolean);
  }

  #seenOrNot() {
    this.#follow();
    if (!document.hidden) {
      this.#ask();
    }
  }

  #follow() {
    this.#decisions?.setSeen(!document.hidden && this.#shown() === 'decisions' && !this.#route.id);
  }

  /* ---- drawing ---- */

  #translate() {
    this.#drawn.clear();
    this.#tabs.setAttribute('aria-label', t('console.views'));
    this.#tiles.setAttribute('aria-label', t('console.overview'));
    fill(
      this.#restarted,
      t('console.restarted'),
      h('button', {type: 'button', 'data-test': 'restarted-seen', onclick: () => (this.#restarted.hidden = true)}, t('console.understood')),
    );
    this.#drawLost();
    this.#decisions?.translate();
    this.#opened.translate();
    this.#draw();
  }

  #drawLost() {
    fill(this.#lost, sign('unavailable'), this.#stateAt ? t('console.lost-since', clock(this.#stateAt)) : t('console.lost'));
  }

  #draw() {
    const links = this.#state?.playground ? [{href: 'playground', text: t('playground.title')}] : [];
    this.#drawOnce(this.#bar, links, () => header({title: t('console.title'), links}));
    if (!this.#state) {
      return;
    }
    const {replica, ...rest} = this.#state;
    const link = (view) => writeRoute({view, id: '', filter: this.#route.filter});
    const filter = writeRoute({view: '', id: '', filter: this.#route.filter});
    this.#drawOnce(this.#identity, [{...replica, now: ''}, rest.dashboard], () => identity(this.#state));
    this.#drawOnce(this.#tiles, [rest, filter], () => tiles(this.#state, link));
    this.#drawOnce(this.#tabs, [this.#views(), this.#shown(), filter], () => this.#tabLinks(link));
    this.#drawView(rest);
    this.#opened.show(this.#shown() === 'decisions' ? this.#route.id : '');
    this.#follow();
    document.title = `${replica.name} · ${t('console.title')} · Imagegate`;
  }

  #tabLinks(link) {
    return [
      this.#views().map((view) =>
        h(
          'a',
          {href: link(view), 'aria-current': view === this.#shown() ? 'page' : null, 'data-test': `tab-${view}`},
          t(`console.view.${view}`),
        ),
      ),
    ];
  }

  #drawView(rest) {
    const drawings = {
      decisions: () => this.#decisions.element,
      policies: () => policiesView(rest),
      trust: () => trustView(rest),
    };
    const view = this.#shown();
    this.#drawOnce(this.#view, view === 'decisions' ? view : [view, rest], () => drawings[view]?.());
  }

  /* What did not change stays as it is, with the focus and the place to which somebody scrolled. */
  #drawOnce(element, content, draw) {
    const key = JSON.stringify([language(), content]);
    if (this.#drawn.get(element) !== key) {
      this.#drawn.set(element, key);
      fill(element, draw());
    }
  }
}

/* Null if there is no answer. */
async function readState() {
  try {
    const response = await fetch('api/state', {signal: AbortSignal.timeout(STATE_MILLIS)});
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

new ConsolePage().start();

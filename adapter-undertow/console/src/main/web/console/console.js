import {fill, h} from '../shared/dom.js';
import {header} from '../shared/header.js';
import {sign} from '../shared/signs.js';
import {onLanguage, t} from '../shared/text.js';
import {timeOfDay} from '../shared/time.js';
import {DecisionsView} from './decisions.js';
import {OpenedDecision} from './opened.js';
import {identity, tiles} from './overview.js';
import {policiesView} from './policies.js';
import {readRoute, writeRoute} from './route.js';
import {ReplicaState} from './state.js';
import {trustView} from './trust.js';

/** The page: what the replica knows, asked for every ten seconds, and the view that the fragment names. */
class ConsolePage {
  #route = readRoute(location.hash);
  #state = null;
  #replica = new ReplicaState({onState: (state) => this.#answered(state), onNoState: () => this.#lose()});
  #stateKey = '';
  #drawn = new Map();
  #decisions = null;
  #identity = h('section', {class: 'identity', 'data-test': 'identity'});
  #tiles = h('ul', {class: 'tiles', 'data-test': 'tiles'});
  #tabs = h('nav', {class: 'tabs', 'data-test': 'tabs'});
  #lost = h('p', {class: 'banner bad', role: 'status', hidden: true, 'data-test': 'connection-lost'});
  #restarted = h('div', {class: 'banner', role: 'status', hidden: true, 'data-test': 'restarted'});
  #view = h('div', {class: 'view', 'data-test': 'view'});
  #opened = new OpenedDecision({onClose: () => this.#closeDecision(), rowOf: (id) => this.#decisions.rowOf(id)});
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
    this.#replica.ask();
  }

  /* ---- the state ---- */

  /* Said once, however often there is no answer. */
  #lose() {
    if (this.#lost.hidden) {
      this.#lost.hidden = false;
      this.#drawLost();
    }
  }

  #answered(state) {
    const before = this.#state?.replica.started;
    const {started} = state.replica;
    this.#state = state;
    this.#lost.hidden = true;
    this.#forgetDrawnIfOther();
    this.#makeDecisions();
    if (before && before !== started) {
      this.#decisions?.restarted(started);
      this.#restarted.hidden = false;
    }
    this.#draw();
  }

  /* What did not change stays as it is, with the focus and the place to which somebody scrolled. */
  #forgetDrawnIfOther() {
    const key = JSON.stringify({...this.#state, replica: {...this.#state.replica, now: ''}});
    if (key !== this.#stateKey) {
      this.#stateKey = key;
      this.#drawn.clear();
    }
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
        onConnected: () => this.#replica.ask(),
        onLost: () => this.#replica.ask(),
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
      this.#replica.ask();
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
    fill(this.#lost, sign('unavailable'), this.#state ? t('console.lost-since', timeOfDay(this.#state.replica.now)) : t('console.lost'));
  }

  #draw() {
    this.#drawOnce(this.#bar, '', () => header({title: t('console.title'), links: this.#links()}));
    if (!this.#state) {
      return;
    }
    const view = this.#shown();
    const linkTo = (other) => writeRoute({view: other, id: '', filter: this.#route.filter});
    this.#drawOnce(this.#identity, '', () => identity(this.#state));
    this.#drawOnce(this.#tiles, linkTo(''), () => tiles(this.#state, linkTo));
    this.#drawOnce(this.#tabs, linkTo(view), () => this.#tabLinks(linkTo));
    this.#drawOnce(this.#view, view, () => this.#contentOf(view));
    this.#opened.show(view === 'decisions' ? this.#route.id : '');
    this.#follow();
    document.title = `${this.#state.replica.name} · ${t('console.title')} · Imagegate`;
  }

  #links() {
    return this.#state?.playground ? [{href: 'playground', text: t('playground.title')}] : [];
  }

  #tabLinks(linkTo) {
    return this.#views().map((view) =>
      h('a', {href: linkTo(view), 'aria-current': view === this.#shown() && 'page', 'data-test': `tab-${view}`}, t(`console.view.${view}`)),
    );
  }

  #contentOf(view) {
    const contents = {
      decisions: () => this.#decisions.element,
      policies: () => policiesView(this.#state),
      trust: () => trustView(this.#state),
    };
    return contents[view]?.();
  }

  /* Draws unless this was drawn from the same state, in the same language, with the same detail. */
  #drawOnce(element, detail, draw) {
    if (this.#drawn.get(element) !== detail) {
      this.#drawn.set(element, detail);
      const content = draw();
      if (element.firstChild !== content) {
        fill(element, content);
      }
    }
  }
}

new ConsolePage().start();

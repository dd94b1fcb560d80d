/**
 * The playground.
 */
import {fill, h} from '../shared/dom.js';
import {header} from '../shared/header.js';
import {onLanguage, t} from '../shared/text.js';

function draw() {
  fill(document.body, header({title: t('playground.title'), links: []}), h('main', {id: 'main', tabindex: '-1'}));
}

onLanguage(draw);
draw();

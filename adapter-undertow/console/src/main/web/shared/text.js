/**
 * The texts of the pages in the language of the reader.
 */
import {remember, remembered} from './memory.js';
import english from './en.json';
import chinese from './zh-CN.json';

const dictionaries = {en: english, 'zh-CN': chinese};
const listeners = new Set();
let current = firstLanguage();

/** The languages and their own names, which are not translated. */
export const languages = {en: 'English', 'zh-CN': '中文'};

/** Returns the text of a key. `{0}` in it is replaced by the first value. */
export function t(key, ...values) {
  const text = dictionaries[current][key];
  if (text === undefined) {
    throw new Error(`No text ${key}`);
  }
  return text.replace(/\{(\d)\}/g, (all, index) => shown(values[index]));
}

function shown(value) {
  return typeof value === 'number' ? value.toLocaleString(current) : String(value);
}

/** Returns the language: `en` or `zh-CN`. */
export function language() {
  return current;
}

/** Calls a listener after each change of the language. */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** Changes the language, for later visits, too. */
export function changeLanguage(name) {
  current = name;
  remember('language', name);
  document.documentElement.lang = name;
  listeners.forEach((listener) => listener());
}

function firstLanguage() {
  const wanted = [remembered('language'), ...navigator.languages].filter(Boolean);
  const first = wanted.map((tag) => (tag.startsWith('zh') ? 'zh-CN' : tag.split('-')[0])).find((tag) => tag in dictionaries);
  document.documentElement.lang = first ?? 'en';
  return first ?? 'en';
}

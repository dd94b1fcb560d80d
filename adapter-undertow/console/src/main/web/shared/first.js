/**
 * Runs before the page is drawn, so that it never flashes in other colours than those that the reader chose.
 */
import {remembered} from './memory.js';

const theme = remembered('theme');
if (theme === 'dark' || theme === 'light') {
  document.documentElement.dataset.theme = theme;
}

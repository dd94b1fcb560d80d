/* Each icon is drawn by strokes in a square of 24 units. Outcomes differ by their shape, not only by colour. */
const STROKES = {
  satisfied: 'M12 3a9 9 0 1 0 .01 0M8 12.5l3 3 5.5-6.5',
  violated: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM9 9l6 6M15 9l-6 6',
  'not-applicable': 'M7 12h10',
  undecidable: 'M12 2.5 21.5 12 12 21.5 2.5 12zM9.8 10a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .9-1 1.6M12 16.4v.1',
  unavailable: 'M3 3l18 18M7 7.6A5.5 5.5 0 0 0 7.5 18.5H16M19.8 17a4 4 0 0 0-2.3-6.9A6 6 0 0 0 10 6.5',
  pending: 'M12 3a9 9 0 1 0 .01 0M8 12v.1M12 12v.1M16 12v.1',
  warned: 'M12 3.5 21.5 20H2.5zM12 10v4.5M12 17v.1',
  allowed: 'M12 2.5 20 5.5v6c0 4.8-3.2 8.3-8 10-4.8-1.7-8-5.2-8-10v-6zM8.3 12l2.7 2.7 4.7-5.4',
  denied: 'M12 2.5 20 5.5v6c0 4.8-3.2 8.3-8 10-4.8-1.7-8-5.2-8-10v-6zM9 8.8l6 6M15 8.8l-6 6',
  failed: 'M12 2.5 20 5.5v6c0 4.8-3.2 8.3-8 10-4.8-1.7-8-5.2-8-10v-6zM12 7v6M12 16v.1',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  close: 'M6 6l12 12M18 6 6 18',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4.5v15L19.5 12z',
  ready: 'M12 3a9 9 0 1 0 .01 0M8 12.5l3 3 5.5-6.5',
  policies: 'M6 3h9l4 4v14H6zM14 3v5h5M9.5 12.5h6M9.5 16.5h6',
  exceptions: 'M12 3a9 9 0 1 0 .01 0M12 7v5.5l3.5 2',
  certificates: 'M15 15.5a5 5 0 1 0-6 0M12 7.5v7M9 15v6l3-1.8 3 1.8v-6',
  registries: 'M4 4h16v6H4zM4 14h16v6H4zM7.5 7v.1M7.5 17v.1',
  roots: 'M15.5 3a5.5 5.5 0 1 1-4.2 9L4 19.3V21h3v-2h2v-2h2l2.2-3.2M16.5 7.5v.1',
  next: 'M9 5l7 7-7 7',
  theme: 'M12 3a9 9 0 1 0 .01 0M12 3v18M12 7.5l7-1M12 12h9M12 16.5l7 1',
  examples: 'M4 5h16M4 12h16M4 19h10',
  link: 'M10 14a4.5 4.5 0 0 0 6.4 0l3-3a4.5 4.5 0 0 0-6.4-6.4L11.5 6M14 10a4.5 4.5 0 0 0-6.4 0l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.5-1.4',
  test: 'M9 4h6M10 4v6L5 19a1.5 1.5 0 0 0 1.3 2h11.4a1.5 1.5 0 0 0 1.3-2l-5-9V4M7.5 15h9',
  save: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14',
  sample: 'M6 3h9l4 4v14H6zM14 3v5h5',
};

const SVG = 'http://www.w3.org/2000/svg';

/** A picture that stands beside a word and means the same. */
export function sign(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', STROKES[name]);
  svg.setAttribute('class', `sign sign-${name}`);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}

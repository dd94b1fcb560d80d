const DOCKER_HUB = 'docker.io';

/** The parts of an image's name in their order, each with what stands before it and whether somebody wrote it. */
export function partsOf(text, parts) {
  const written = writtenRegistry(text);
  const path = written ? text.slice(written.length + 1) : text;
  const library = parts.registry === DOCKER_HUB && parts.repository.startsWith('library/') && !path.startsWith('library/');
  return [
    part('registry', '', parts.registry, !written),
    ...(library
      ? [part('library', '/', 'library', true), part('repository', '/', parts.repository.slice('library/'.length), false)]
      : [part('repository', '/', parts.repository, false)]),
    ...(parts.tag ? [part('tag', ':', parts.tag, parts.implicitLatest)] : []),
    ...(!parts.tag && parts.implicitLatest ? [part('tag', ':', 'latest', true)] : []),
    ...(parts.digest ? [part('digest', '@', parts.digest, false)] : []),
  ];
}

/** The registry as it is written, "" if the name has none. The first part is one if it looks like a host. */
export function writtenRegistry(text) {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  return /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase() ? first : '';
}

function part(kind, before, text, implied) {
  return {kind, before, text, implied: Boolean(implied)};
}

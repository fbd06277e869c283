/**
 * What a .dockerignore keeps out. The last pattern that fits a path, or a folder above it, decides; `!` brings back.
 * Known are `*`, `**` and `?`, as Docker has them.
 */
export function ignored(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ out: !line.startsWith('!'), fits: fits(line.replace(/^!/, '')) }));
  return (path) => {
    const segments = path.split('/');
    const above = segments.map((_, index) => segments.slice(0, index + 1).join('/'));
    return rules.findLast((rule) => above.some(rule.fits))?.out ?? false;
  };
}

function fits(pattern: string): (path: string) => boolean {
  const source = pattern
    .replace(/^\/|\/$/g, '')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => special[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&'))
    .join('');
  const form = new RegExp(`^${source}$`);
  return (path) => form.test(path);
}

const special: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

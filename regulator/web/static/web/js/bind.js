// One element is bound once for one behaviour, however often the page is looked through.
const bound = new WeakMap();

export function each(root, selector, work) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches && root.matches(selector)) {
    found.unshift(root);
  }
  for (const element of found) {
    const done = bound.get(element) || new Set();
    if (!done.has(selector)) {
      done.add(selector);
      bound.set(element, done);
      work(element);
    }
  }
}

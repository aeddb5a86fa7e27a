const SVG = 'http://www.w3.org/2000/svg';

/** A field of 200 by 100 that fills its place, whatever its shape. @param label What it shows, for whoever can't see it. */
export function drawing(className: string, label: string, ...paths: readonly SVGElement[]): SVGElement {
  const made = document.createElementNS(SVG, 'svg');
  const attributes = { class: className, viewBox: '0 0 200 100', preserveAspectRatio: 'none', role: 'img' };
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.setAttribute('aria-label', label);
  made.append(...paths);
  return made;
}

/** A path that is not drawn yet: its `d` says where it goes. */
export function trace(className: string): SVGElement {
  const made = document.createElementNS(SVG, 'path');
  made.setAttribute('class', className);
  return made;
}

/** An element with its class and what is in it. Texts are texts, whatever stands in them. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** Writes a text, unless it stands there already. */
export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

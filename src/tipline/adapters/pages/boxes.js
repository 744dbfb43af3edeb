// Gives the box of each element of a drawn page by its path, as adapters/pages/tree.py names paths.
// To be evaluated in the page; the answer, as JSON, is {path: [x, y, width, height]} in CSS pixels of the page.
(() => {
  const LEFT_OUT = new Set("script style template noscript head title meta link base svg br wbr option b i em strong u small sub sup".split(" "));
  const MOST = 20000;
  const found = {};
  let count = 0;
  const walk = (element, path, depth) => {
    if (count >= MOST || depth > 100) return;
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.height > 0) {
      found[path] = [box.x + scrollX, box.y + scrollY, box.width, box.height].map(Math.round);
      count += 1;
    }
    let place = 0;
    for (const child of element.children) {
      place += 1;
      const tag = child.localName;
      if (!LEFT_OUT.has(tag)) walk(child, `${path}>${tag}:nth-child(${place})`, depth + 1);
    }
  };
  if (document.documentElement) walk(document.documentElement, "html", 0);
  return JSON.stringify(found);
})()

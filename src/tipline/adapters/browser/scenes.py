"""The JavaScript that is run in a world of its own beside a page's: it cannot be seen or changed there."""

# Steps down the page so that what waits to be seen comes, then up again; waits for pictures, 1.5 s at most.
SCROLL = """
(async () => {
  const wait = (ms) => new Promise((go) => setTimeout(go, ms));
  const height = () => Math.min(document.documentElement.scrollHeight, %(height)d);
  for (let y = 0; y < height(); y += innerHeight) { scrollTo(0, y); await wait(20); }
  const open = [...document.images].filter((each) => !each.complete);
  const done = open.map((each) => new Promise((go) => { each.onload = each.onerror = go; }));
  await Promise.race([Promise.all(done), wait(1500)]);
  scrollTo(0, 0);
  await wait(50);
  return open.length;
})()
"""

# What is kept of a page beside its picture.
READ = """
(() => {
  const root = document.documentElement;
  const kind = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + "\\n" : "";
  const cut = (text, most) => String(text || "").slice(0, most);
  const links = [...document.querySelectorAll("a[href], area[href]")].slice(0, 2000);
  return JSON.stringify({
    dom: cut(kind + (root ? root.outerHTML : ""), %(dom)d),
    text: cut(document.body ? document.body.innerText : "", 2000000),
    title: cut(document.title, 500),
    width: Math.ceil(root ? root.scrollWidth : 0),
    height: Math.ceil(root ? Math.max(root.scrollHeight, innerHeight) : 0),
    links: links.map((each) => [cut(each.href, 8192), cut(each.innerText, 200).trim()]),
  });
})()
"""

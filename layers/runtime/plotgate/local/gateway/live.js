// Added to pages by `plotgate serve` alone: pictures follow the files that draw them.
"use strict";
{
  const errors = new Map(); // by the beginning of the plot's path
  let number = 0;

  const shows = (url, paths) => {
    const asked = new URL(url, location.href);
    const here = decodeURI(asked.pathname);
    return asked.origin === location.origin && paths.some((path) => here === path || here.startsWith(path + "/"));
  };

  const anew = (url) => {
    const asked = new URL(url, location.href);
    asked.searchParams.delete(".live");
    return asked.pathname + asked.search + (asked.search ? "&" : "?") + ".live=" + number;
  };

  // The old picture stays until the new one is there.
  const follow = async (image, paths) => {
    const shown = image.currentSrc || image.src;
    if (!shown || !shows(shown, paths)) return;
    const answer = await fetch(anew(shown), { headers: { accept: "image/*" } });
    await answer.blob();
    if (!answer.ok) return;
    const sources = image.parentElement?.tagName === "PICTURE" ? image.parentElement.querySelectorAll("source") : [];
    for (const element of [...sources, image]) {
      if (element.srcset) {
        const candidates = element.srcset.split(/,\s+/).map((candidate) => candidate.trim().split(/\s+/));
        element.srcset = candidates.map(([url, ...size]) => [shows(url, paths) ? anew(url) : url, ...size].join(" ")).join(", ");
      }
    }
    if (image.src && shows(image.src, paths)) image.src = anew(image.src);
  };

  const say = () => {
    document.getElementById("plotgate-errors")?.remove();
    if (!errors.size) return;
    const box = document.createElement("pre");
    box.id = "plotgate-errors";
    box.setAttribute("role", "alert");
    box.textContent = [...errors.entries()].map(([path, text]) => `${path}\n${text}`).join("\n\n");
    box.style.cssText =
      "position: fixed; inset: auto 0 0 0; z-index: 2147483647; margin: 0; padding: 1rem 1.25rem; max-height: 50vh;" +
      "overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace;" +
      "color: #fff; background: #8e1b1b; box-shadow: 0 -2px 12px #0006; text-align: left;";
    document.body.append(box);
  };

  const events = new EventSource("/.plotgate/live");
  events.addEventListener("change", (event) => {
    const { paths, number: counted } = JSON.parse(event.data);
    number = counted;
    if (shows(location.href, paths)) return location.reload();
    // A page that asks for its picture by itself does so again, and says that this is not needed.
    if (!document.dispatchEvent(new CustomEvent("plotgate-change", { detail: { paths }, cancelable: true }))) return;
    for (const image of document.images) follow(image, paths);
  });
  events.addEventListener("mended", (event) => {
    for (const path of JSON.parse(event.data).paths) errors.delete(path);
    say();
  });
  events.addEventListener("error-in-file", (event) => {
    const { paths, text } = JSON.parse(event.data);
    for (const path of paths) errors.set(path, text);
    say();
  });
}

// Everything works without this file. It adds live results, suggestions while typing, "/" to search, copy buttons.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = $("#search");

  // "/" goes to the search box; Escape closes an opened reference
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = $("#q");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    if (event.key === "Escape") {
      const open = $(".reference:target");
      const back = open && (opener && open.id === opener.hash.slice(1) ? opener : document.getElementById($(".back", open)?.hash.slice(1)));
      if (back) { location.hash = back.id; back.focus(); }
    }
  });

  // a mark opens its reference: focus goes there, so that it is read out, and back to the mark on the way back
  let opener = null;
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("a.mark[id]");
    if (mark) opener = mark;
  });
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.matches(".reference")) target.focus({ preventScroll: true });
    else if (target?.matches("a.mark")) target.focus();
  });

  // copy buttons beside formatted references, and in the reference list of an article
  const buildCopyButton = (label, read) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${label}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(read());
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    return button;
  };
  const readReference = (entry) => {
    const text = $(".reference-text", entry).cloneNode(true);
    $(".reference-number", text).remove();
    return [text.textContent.replace(/\s+/g, " ").trim(), $(".out", entry)?.href ?? ""].join(" ").trim();
  };
  const addCopyButtons = () => {
    if (!navigator.clipboard) return;
    for (const text of all(".copy-text")) {
      text.after(buildCopyButton($("dt", text.closest(".style")).textContent, () => text.textContent.trim()));
    }
    for (const entry of all(".reference")) {
      const number = $(".reference-number", entry).textContent;
      $(".reference-links", entry).append(buildCopyButton(`reference ${number}`, () => readReference(entry)));
    }
  };

  // a search box inside long facets
  const addNarrowing = (root = document) => {
    for (const facet of all(".facet", root)) {
      const items = all(".more .choices > li", facet);
      const details = $(".more", facet);
      if (items.length < 8) continue;
      const box = document.createElement("input");
      box.type = "search";
      box.className = "narrowing";
      box.setAttribute("aria-label", `Find in ${$("legend", facet).textContent}`);
      box.placeholder = "Find";
      box.addEventListener("input", () => {
        const wanted = box.value.trim().toLocaleLowerCase();
        if (wanted) details.open = true;
        for (const item of all(".choices > li", facet)) {
          item.hidden = wanted !== "" && !item.textContent.toLocaleLowerCase().includes(wanted);
        }
      });
      box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
      $("legend", facet).after(box);
    }
  };

  // filters and chart: beside and above the results on wide screens, folded on phones
  const wide = window.matchMedia("(min-width: 60rem)");
  const placeFilters = () => { for (const part of all("#filters, #years-panel")) part.open = wide.matches; };
  wide.addEventListener("change", placeFilters);
  document.addEventListener("toggle", (event) => { // what was folded away above must not leave the results out of sight
    if (event.target.id === "filters" && !event.target.open && !wide.matches) $("#status").scrollIntoView();
  }, true);

  // live results: the same address, fetched and put in place; focus, open parts and the back button stay right
  let running = null;
  let shown = location.pathname + location.search;
  const addressOf = () => {
    const pairs = [...new FormData(form)].filter(([name, value]) => value !== "" && !(name === "sort" && value === "relevance"));
    const query = new URLSearchParams(pairs).toString();
    return form.action.split("?")[0] + (query ? `?${query}` : "");
  };
  const show = async (address, push) => {
    running?.abort();
    running = new AbortController();
    const results = $("#results");
    results.classList.add("busy");
    let page;
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
      return;
    }
    const fresh = $("#results", page);
    if (!fresh) { location.assign(address); return; }
    if (push) history.pushState(null, "", address);
    shown = location.pathname + location.search;
    const focus = document.activeElement?.closest("#results") ? document.activeElement : null;
    const path = focus?.getAttribute("href") ? null : focus?.id;
    const named = focus?.name && focus?.value !== undefined ? [focus.name, focus.value] : null;
    const label = focus?.getAttribute("aria-label")?.split(",")[0];
    const open = new Map(all("details[id]", results).map((part) => [part.id, part.open]));
    for (const part of all("details[id]", fresh)) if (open.has(part.id)) part.open = part.open || open.get(part.id);
    const kept = $("#years-panel", fresh);
    if (kept && open.has("years-panel")) kept.open = open.get("years-panel");
    results.replaceWith(document.adoptNode(fresh));
    addNarrowing(fresh);
    if (focus) {
      const again = (named && all(`[name="${CSS.escape(named[0])}"]`, fresh).find((box) => box.value === named[1]))
        || (path && document.getElementById(path))
        || (label && all("a[aria-label]", fresh).find((link) => link.getAttribute("aria-label").split(",")[0] === label))
        || $(".chips a", fresh) || $("#found");
      again?.focus({ preventScroll: true });
    }
    document.title = page.title;
    $(".results-heading").replaceWith(document.adoptNode($(".results-heading", page)));
    $("#status").textContent = $("#status", page).textContent;
    $("#q").value = $("#q", page).value;
  };
  const startLive = () => {
    if (!form || !$("#results") || !window.history.pushState) return;
    document.documentElement.classList.add("live");
    let timer = 0;
    document.addEventListener("change", (event) => {
      if (event.target.form !== form || event.target.id === "q" || event.target.classList.contains("narrowing")) return;
      clearTimeout(timer);
      timer = setTimeout(() => show(addressOf(), true), 120);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      closeFilters(event.submitter);
      show(addressOf(), true);
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(".chips a, .tabs a, .bar, .region, .elsewhere a, .ways a, .suggestion a, #years-table a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      const address = link.getAttribute("href");
      const there = new URL(address, location.href);
      if (there.pathname !== "/" || (there.searchParams.get("kind") ?? "") !== (new URLSearchParams(location.search).get("kind") ?? "")) return;
      event.preventDefault();
      show(there.href, true);
    });
    window.addEventListener("popstate", () => {
      if (location.pathname + location.search !== shown) show(location.href, false); // else only the part after # changed
    });
  };
  const closeFilters = (button) => {
    if (!wide.matches && button?.closest("#filters")) { $("#filters").open = false; $("#found")?.focus(); }
  };

  // suggestions while typing: the combobox pattern with a list box; Enter without a choice searches as typed
  const startSuggestions = () => {
    const combo = $(".combo");
    const box = $("#q");
    if (!combo || !box) return;
    const list = document.createElement("ul");
    Object.assign(list, { id: "q-list", className: "suggestions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    combo.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "q-list"]]) box.setAttribute(name, value);
    let active = -1;
    let typed = "";
    let asking = null;
    let timer = 0;
    const options = () => all("[role=option]", list);
    const stop = () => { clearTimeout(timer); asking?.abort(); };
    const close = () => { stop(); list.hidden = true; active = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
    const mark = (index) => {
      stop(); // an answer still under way must not replace the list that is being walked
      active = index;
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
      if (index < 0) { box.removeAttribute("aria-activedescendant"); box.value = typed; return; }
      const option = options()[index];
      box.setAttribute("aria-activedescendant", option.id);
      box.value = option.dataset.value;
      option.scrollIntoView({ block: "nearest" });
    };
    const open = (found) => {
      list.replaceChildren(...found.map((entry, place) => {
        const option = document.createElement("li");
        option.id = `q-option-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.value = entry.value;
        option.append(entry.label);
        if (entry.note) { const note = document.createElement("span"); note.className = "count"; note.textContent = entry.note; option.append(note); }
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => { box.value = entry.value; close(); form.requestSubmit(); });
        return option;
      }));
      active = -1;
      list.hidden = found.length === 0;
      box.setAttribute("aria-expanded", String(found.length > 0));
    };
    const ask = async () => {
      typed = box.value;
      if (typed.trim().length < 2) { close(); return; }
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(`${combo.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
        if (answer.ok && document.activeElement === box) open((await answer.json()).suggestions);
      } catch (error) { if (error.name !== "AbortError") close(); }
    };
    box.addEventListener("input", () => { typed = box.value; clearTimeout(timer); timer = setTimeout(ask, 110); });
    box.addEventListener("blur", close);
    form.addEventListener("submit", close);
    box.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) { if (event.key === "ArrowDown") ask(); return; }
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        mark(-1);
        close();
      }
    });
  };

  addCopyButtons();
  addNarrowing();
  placeFilters();
  startLive();
  startSuggestions();
})();

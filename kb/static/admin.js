// The page of a running update looks again by itself, and says once when it is done. Without this file it is reloaded.
(() => {
  "use strict";
  const INTERVAL = 1000;
  const look = async () => {
    const job = document.getElementById("job");
    if (job?.dataset.state !== "running") return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("job");
      if (!found) { location.reload(); return; }
      job.replaceWith(found);
      if (found.dataset.state !== "running") {
        document.title = page.title;
        document.getElementById("job-told").textContent = found.querySelector("h1").textContent;
      }
    } catch {
      // the server may be restarting: the next look tells
    }
    setTimeout(look, INTERVAL);
  };
  setTimeout(look, INTERVAL);
})();

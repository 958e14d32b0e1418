/* Offers "Compruébalo tú". What does the work is fetched when somebody asks for it. */

const place = document.getElementById("check");
let busy = false;

place.querySelector(".check-tools").hidden = false;
place.querySelector("button").addEventListener("click", () => run((verification) => verification.checkPublished()));
place.querySelector("input").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (file) {
    await run((verification) => verification.checkFile(file));
    target.value = "";
  }
});

/** One check at a time; the reader's focus stays where it is. */
async function run(task) {
  if (busy) {
    return;
  }
  busy = true;
  try {
    await task(await import("./verification.js"));
  } catch {
    place.querySelector(".check-summary").textContent = place.dataset.notDownloaded;
  }
  busy = false;
}

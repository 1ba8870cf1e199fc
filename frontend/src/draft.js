// Typed words outlive a page that was closed by mistake, until this tab is closed or they have arrived. Only in this
// tab: phones are shared in a family, and a contact is never kept.

const KEEP = ["text", "place", "note"];

export function draft(page) {
  let store;
  try {
    store = window.sessionStorage;
  } catch (_) {
    return;
  }
  for (const said of page.querySelectorAll("[data-said]")) store.removeItem(said.dataset.said);
  for (const form of page.querySelectorAll("form[data-draft]")) {
    const fields = KEEP.map((name) => form.elements[name]).filter(Boolean);
    const kept = read(store, form.dataset.draft);
    for (const field of fields) if (!field.value && kept[field.name]) field.value = kept[field.name];
    form.addEventListener("input", () => {
      const typed = {};
      for (const field of fields) if (field.value) typed[field.name] = field.value;
      try {
        store.setItem(form.dataset.draft, JSON.stringify(typed));
      } catch (_) {
        // No room: the words are still in the form.
      }
    });
  }
}

function read(store, key) {
  try {
    return JSON.parse(store.getItem(key)) || {};
  } catch (_) {
    return {};
  }
}

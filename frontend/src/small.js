// Small kindnesses, each only where it can do something.

const SIZES = 3;
const SIZE = "linli-size";

/** Larger text, remembered on this device: it says nothing about anybody. */
export function larger(page) {
  const box = page.querySelector("[data-size]");
  let size = 0;
  try {
    size = Number(localStorage.getItem(SIZE)) % SIZES || 0;
  } catch (_) {
    // Not remembered, then.
  }
  const show = () => {
    for (let at = 0; at < SIZES; at += 1) page.documentElement.classList.toggle(`size-${at}`, at === size && at > 0);
  };
  show();
  if (!box) return;
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    size = (size + 1) % SIZES;
    show();
    try {
      localStorage.setItem(SIZE, String(size));
    } catch (_) {
      // As above.
    }
  });
}

/** Twenty digits are easier to compare in groups of four. Only when she has finished typing: the cursor stays hers. */
export function groups(page) {
  for (const input of page.querySelectorAll("[data-groups]")) {
    input.addEventListener("change", () => {
      const digits = input.value.replace(/\s+/g, "");
      if (/^\d+$/.test(digits)) input.value = digits.replace(/(\d{4})(?=\d)/g, "$1 ");
    });
  }
}

/** Copies the address of a receipt, or hands it to the phone's own way of passing things on. */
export function copy(page) {
  const clipboard = navigator.clipboard;
  if (!clipboard) return;
  for (const button of page.querySelectorAll("[data-copy]")) {
    button.parentNode.hidden = false;
    button.addEventListener("click", () => {
      clipboard.writeText(button.dataset.copy).then(() => {
        button.textContent = button.dataset.done;
      });
    });
  }
}

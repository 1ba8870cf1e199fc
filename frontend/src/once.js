// Sent once: the second press of an impatient finger does nothing. The server would take it only once anyway (_key).

export function once(page) {
  for (const form of page.querySelectorAll("form[data-once]")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = true;
      // After the browser has read the pressed button's value, which a disabled one would not have.
      setTimeout(() => {
        for (const button of form.querySelectorAll("button")) button.disabled = true;
      }, 0);
    });
    // Back from the next page out of the browser's memory: pressing works again.
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      sent = false;
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    });
  }
}

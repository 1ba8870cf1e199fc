// Photos: says what was chosen in the page's own words, and makes large ones smaller before they travel. A photo that
// cannot be opened here goes as it is; the server looks at it again.

const SIDE_PX_MAX = 2048;
const BYTES_MIN = 600 * 1024;
const PHOTOS_MAX = 3;

export function photos(page) {
  for (const input of page.querySelectorAll("input[data-shrink]")) {
    const told = input.parentNode.querySelector("[data-chosen]");
    const label = input.parentNode.querySelector("[data-pick]");
    if (label) {
      label.hidden = false;
      input.parentNode.classList.add("ready");
    }
    input.addEventListener("change", () => {
      const chosen = Array.from(input.files);
      if (told) {
        told.hidden = chosen.length === 0;
        told.textContent = chosen.length > PHOTOS_MAX ? input.dataset.many : chosen.map((file) => file.name).join(" · ");
      }
      if (!canReplace() || chosen.length === 0 || chosen.length > PHOTOS_MAX) return;
      Promise.all(chosen.map(smaller)).then((files) => {
        // Meanwhile she may have chosen others.
        if (Array.from(input.files).some((file, at) => file !== chosen[at])) return;
        const box = new DataTransfer();
        for (const file of files) box.items.add(file);
        input.files = box.files;
      });
    });
  }
}

function canReplace() {
  try {
    return Boolean(new DataTransfer().items.add) && "toBlob" in HTMLCanvasElement.prototype;
  } catch (_) {
    return false;
  }
}

function smaller(file) {
  if (file.type !== "image/jpeg" || file.size < BYTES_MIN) return Promise.resolve(file);
  return new Promise((done) => {
    const picture = new Image();
    const address = URL.createObjectURL(file);
    const give = (result) => {
      URL.revokeObjectURL(address);
      done(result);
    };
    picture.onerror = () => give(file);
    picture.onload = () => {
      const scale = Math.min(1, SIDE_PX_MAX / Math.max(picture.naturalWidth, picture.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.naturalWidth * scale);
      canvas.height = Math.round(picture.naturalHeight * scale);
      const context = canvas.getContext("2d");
      if (!context || !upright()) return give(file);
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => give(blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file), "image/jpeg", 0.85);
    };
    picture.src = address;
  });
}

// Older browsers draw a turned photo unturned, and the turn would be lost: those photos travel as they are.
function upright() {
  return Boolean(window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image"));
}

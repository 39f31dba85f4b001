// Offers the position of the device where a form asks for latitude and longitude; both can always be typed.
for (const form of document.querySelectorAll("[data-position]")) {
  const button = form.querySelector("[data-position-button]");
  const mark = form.querySelector("[data-position-mark]");
  const latitude = form.elements.latitude;
  const longitude = form.elements.longitude;
  if (!("geolocation" in navigator)) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      (found) => {
        latitude.value = found.coords.latitude.toFixed(5).replace(".", ",");
        longitude.value = found.coords.longitude.toFixed(5).replace(".", ",");
        mark.checked = true;
        button.disabled = false;
      },
      () => { button.disabled = false; },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
  for (const typed of [latitude, longitude]) typed.addEventListener("input", () => { mark.checked = false; });
}
